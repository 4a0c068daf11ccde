"""The certificate by which the program itself speaks TLS, to the proxy in front: TLS 1.3 or nothing."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from config import Settings
from intake.errors import NotConfigured

_HALF = "INTAKE_CERTIFICATE and INTAKE_CERTIFICATE_KEY are named together or not at all."
_UNUSABLE = "{chain} and {key} are no certificate and key to serve with ({why})."


@dataclass(frozen=True, slots=True)
class Certificate:
    """Where a certificate, with those that vouch for it, and its key lie; read anew for each connection."""

    chain: Path
    key: Path

    def serving(self) -> ssl.SSLContext:
        """Return how a caller is answered; raises `NotConfigured` where the files will not do."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        try:
            # A key under a passphrase is refused: nobody is there to type one.
            context.load_cert_chain(self.chain, self.key, password="")
        except (OSError, ValueError) as trouble:
            why = getattr(trouble, "reason", None) or getattr(trouble, "strerror", None) or trouble
            raise NotConfigured(_UNUSABLE.format(chain=self.chain, key=self.key, why=why)) from trouble
        return context

    def itself(self) -> ssl.SSLContext:
        """Return how the program asks itself: by what stands in the file, whatever name that is for."""
        context = ssl.create_default_context(cafile=self.chain)
        context.verify_flags = ssl.VERIFY_X509_PARTIAL_CHAIN
        context.check_hostname = False
        return context


def certificate_of(settings: Settings) -> Certificate | None:
    """Return what TLS is spoken with, if anything; raises `NotConfigured` where that will not do."""
    chain, key = settings.certificate, settings.certificate_key
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        raise NotConfigured(_HALF)
    certificate = Certificate(chain, key)
    certificate.serving()
    return certificate
