// Shows what only one answer asks for while that answer is chosen. Without this every question is simply there.
export function revealByAnswer(answer) {
  const asked = document.getElementById(answer.dataset.pioReveals);

  function follow() {
    asked.classList.toggle(`govuk-${answer.type === "radio" ? "radios" : "checkboxes"}__conditional--hidden`, !answer.checked);
  }

  (answer.form || document).addEventListener("change", follow);
  window.addEventListener("pageshow", follow);
  follow();
}
