"""Whether a token's key really keeps the ring: proved with SoftHSM, where it is on the machine.

`python -m tests.support.token_proof` ends with 0 when proved, 1 when not, and 77 where there is nothing to
prove it with: that is reported as not run, and never as passed.
"""

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from config import KeySettings
from intake.crypto.key_ring import KeyRing
from intake.errors import KeysMissing
from intake.services.key_custody import ring_file
from intake.vocabulary import Custodian

NOT_RUN = 77
_PIN, _OFFICER = "135790", "97531097"
_TOKEN, _KEY = "pass-it-on", "ring"
_MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
)


def main() -> int:
    """Prove it, and say what became of that."""
    module = os.environ.get("SOFTHSM2_MODULE") or next(
        (each for each in _MODULES if Path(each).exists()), None
    )
    tool = os.environ.get("SOFTHSM2_UTIL") or which("softhsm2-util")
    if not module or not tool or find_spec("pkcs11") is None:
        sys.stdout.write(
            "not run: SoftHSM, or the library of requirements/token.txt, is not on this machine\n"
        )
        return NOT_RUN
    with tempfile.TemporaryDirectory() as folder:
        return _prove(Path(folder), Path(module), tool)


def _prove(folder: Path, module: Path, tool: str) -> int:
    _make_token(folder, module, tool)
    place, right = folder / "keys" / "ring.json", _settings(folder, module, _PIN)
    ring = KeyRing.create(ring_file(place, right))
    ring.add_root()
    again = KeyRing.load(ring_file(place, right))
    told = {
        "the ring comes back": again.has_all_of(ring) and again.active == 2,
        "a wrong PIN is refused": _refused(place, _settings(folder, module, "000000")),
        "an altered file is refused": _refused_when_altered(place, right),
    }
    for what, true in told.items():
        sys.stdout.write(f"{'proved' if true else 'NOT PROVED'}: {what}\n")
    return 0 if all(told.values()) else 1


def _make_token(folder: Path, module: Path, tool: str) -> None:
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    made = [tool, "--module", str(module), "--init-token", "--free", "--label", _TOKEN]
    subprocess.run([*made, "--pin", _PIN, "--so-pin", _OFFICER], check=True, capture_output=True)
    # It is not installed everywhere.
    pkcs11 = import_module("pkcs11")
    with pkcs11.lib(str(module)).get_token(token_label=_TOKEN).open(rw=True, user_pin=_PIN) as session:
        session.generate_key(pkcs11.KeyType.AES, 256, label=_KEY, store=True)


def _settings(folder: Path, module: Path, pin: str) -> KeySettings:
    secret = folder / f"pin-{pin}"
    secret.write_text(pin)
    return KeySettings(custodian=Custodian.TOKEN, module=module, token=_TOKEN, key=_KEY, secret=secret)


def _refused(place: Path, settings: KeySettings) -> bool:
    try:
        KeyRing.load(ring_file(place, settings))
    except KeysMissing:
        return True
    return False


def _refused_when_altered(place: Path, settings: KeySettings) -> bool:
    text = place.read_text()
    at = text.index('"wrapped": "') + 60
    place.write_text(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])
    return _refused(place, settings)


if __name__ == "__main__":
    sys.exit(main())
