"""The twin of a mail server for a practice copy: letters are written where the operator can read them."""

from collections.abc import Callable

from intake.mail.mailer import Letter


class ConsoleMailer:
    """Writes each letter out instead of sending it; for invented people only."""

    def __init__(self, write: Callable[[str], object] = print) -> None:
        self._write = write

    def send(self, letter: Letter) -> None:
        """Write the letter out."""
        self._write(f"--- mail to {letter.to}\nSubject: {letter.subject}\n\n{letter.body}\n---")
