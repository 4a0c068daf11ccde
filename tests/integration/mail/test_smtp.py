"""Mail through a real mail server on this machine: taken, refused, encrypted, gone."""

import datetime as dt
import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from intake.mail.mailer import Letter, NotSent
from intake.mail.smtp import MailServer, SmtpMailer, Tls
from tests.support.mailbox import Postbox, free_port, receiving

LETTER = Letter("anna@example.test", "Please read C-7K3M-9QTX", "A concern waits: C-7K3M-9QTX\n")


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def plain(postbox: Postbox) -> Iterator[MailServer]:
    """A mail server on this machine that speaks in the open."""
    with receiving(Controller(postbox, hostname="127.0.0.1", port=free_port())) as port:
        yield MailServer("127.0.0.1", port, "post@pass.example", Tls.NONE)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own making, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("mail") / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


@pytest.fixture
def over_tls(postbox: Postbox, certificate: Path) -> Iterator[MailServer]:
    """A mail server that takes mail only over STARTTLS and from somebody it knows."""
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(certificate)

    def known(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, said: object) -> AuthResult:
        assert isinstance(said, LoginPassword)
        return AuthResult(success=(said.login, said.password) == (b"post", b"secret"), handled=False)

    controller = Controller(
        postbox,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=served,
        require_starttls=True,
        authenticator=known,
        auth_required=True,
    )
    with receiving(controller) as port:
        yield MailServer("127.0.0.1", port, "Pass It On <post@pass.example>", user="post", password="secret")


def test_a_mail_arrives_with_the_reference_and_nothing_else(plain: MailServer, postbox: Postbox) -> None:
    SmtpMailer(plain).send(LETTER)
    (mail,) = postbox.taken
    assert "Subject: Please read C-7K3M-9QTX" in mail
    assert "From: post@pass.example" in mail


def test_a_mail_goes_encrypted_and_signed_in(
    over_tls: MailServer, trusting: ssl.SSLContext, postbox: Postbox
) -> None:
    SmtpMailer(over_tls, trusting).send(LETTER)
    assert postbox.encrypted == [True]


def test_a_server_nobody_vouches_for_is_sent_nothing(over_tls: MailServer, postbox: Postbox) -> None:
    with pytest.raises(NotSent, match="SSLCertVerificationError"):
        SmtpMailer(over_tls).send(LETTER)
    assert postbox.taken == []


def test_a_server_without_encryption_is_sent_nothing(plain: MailServer, postbox: Postbox) -> None:
    wanted = MailServer(plain.host, plain.port, plain.sender, Tls.STARTTLS)
    with pytest.raises(NotSent, match="SMTPNotSupportedError"):
        SmtpMailer(wanted).send(LETTER)
    assert postbox.taken == []


def test_a_wrong_password_is_told_by_its_number(over_tls: MailServer, trusting: ssl.SSLContext) -> None:
    wrong = MailServer(over_tls.host, over_tls.port, over_tls.sender, user="post", password="other")
    with pytest.raises(NotSent, match="the mail server answered 535"):
        SmtpMailer(wrong, trusting).send(LETTER)


@pytest.mark.parametrize(("address", "code"), [("nobody@example.test", 550), ("busy@example.test", 451)])
def test_a_refused_address_is_told_by_its_number_alone(plain: MailServer, address: str, code: int) -> None:
    with pytest.raises(NotSent) as refused:
        SmtpMailer(plain).send(Letter(address, "s", "b"))
    assert str(refused.value) == f"the mail server refused the address with {code}"


def test_a_refused_mail_is_told_by_its_number(plain: MailServer) -> None:
    with pytest.raises(NotSent, match="the mail server answered 552"):
        SmtpMailer(plain).send(Letter("anna@example.test", "s", "too heavy"))


def test_a_server_that_is_not_there_is_told_of(plain: MailServer) -> None:
    gone = MailServer("127.0.0.1", 1, plain.sender, Tls.NONE)
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        SmtpMailer(gone).send(LETTER)


def test_encryption_from_the_start_is_spoken_where_asked_for(
    postbox: Postbox, certificate: Path, trusting: ssl.SSLContext
) -> None:
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(certificate)
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port(), ssl_context=served)
    with receiving(controller) as port:
        SmtpMailer(MailServer("127.0.0.1", port, "post@pass.example", Tls.FROM_THE_START), trusting).send(
            LETTER
        )
    assert len(postbox.taken) == 1
