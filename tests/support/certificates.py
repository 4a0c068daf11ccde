"""An authority of the tests' own, which vouches for this machine: nobody's list of authorities knows it."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_THIS_MACHINE = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])


class Authority:
    """Makes certificates that hold for a day, in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of the tests")])
        self.file = folder / "authority.pem"
        self.file.write_bytes(self._signed(_about(self._name, self._key, authority=True)))

    @property
    def trusted(self) -> ssl.SSLContext:
        """How somebody asks who believes this authority and no other."""
        return ssl.create_default_context(cafile=self.file)

    def certify(self, called: str = "machine") -> tuple[Path, Path]:
        """Return a certificate of this machine by its address, and the certificate's key."""
        key, chain_file, key_file = (
            ec.generate_private_key(ec.SECP256R1()),
            self._folder / f"{called}.pem",
            self._folder / f"{called}.key",
        )
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
        about = _about(name, key, authority=False).add_extension(_THIS_MACHINE, critical=False)
        chain_file.write_bytes(self._signed(about))
        key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return chain_file, key_file

    def _signed(self, about: x509.CertificateBuilder) -> bytes:
        by = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        whole = about.issuer_name(self._name).add_extension(by, critical=False)
        return whole.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)


def _about(name: x509.Name, key: ec.EllipticCurvePrivateKey, *, authority: bool) -> x509.CertificateBuilder:
    """Begin a certificate with what the strictest of today's readers wants of one."""
    now, public = datetime.now(UTC), key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(_usage(signs_certificates=authority), critical=True)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
