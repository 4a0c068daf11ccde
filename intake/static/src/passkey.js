// The one thing here that a page cannot do without a script: only a script may ask the browser for a passkey. Without
// this, or in a browser that knows no passkeys, the page says what to do instead.
function toBytes(text) {
  const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function toText(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function read(form) {
  const options = JSON.parse(form.dataset.options);
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const listed of [options.excludeCredentials, options.allowCredentials]) {
    for (const key of listed || []) key.id = toBytes(key.id);
  }
  return options;
}

// A part the authenticator left out stays out; bytes are written as text.
function written(response) {
  const said = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = toText(response[name]);
  }
  return said;
}

export function usePasskey(form) {
  if (!window.PublicKeyCredential) return;
  const button = form.querySelector("button");
  const failed = form.querySelector("[data-pio-passkey-failed]");
  const answer = form.elements.passkey_token;
  // A page that was refused carries the answer that was: each press asks anew.
  answer.value = "";
  form.hidden = false;
  document.querySelectorAll("[data-pio-passkey-without]").forEach((instead) => {
    instead.hidden = true;
  });

  // By the button or by the Enter key: nothing is sent before the browser's answer is there.
  form.addEventListener("submit", async (event) => {
    if (answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    failed.hidden = true;
    button.disabled = true;
    try {
      const key = await navigator.credentials[form.dataset.pioPasskey]({ publicKey: read(form) });
      answer.value = JSON.stringify({
        id: key.id,
        rawId: toText(key.rawId),
        type: key.type,
        response: written(key.response),
      });
      form.requestSubmit();
      answer.value = "";
    } catch {
      failed.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}
