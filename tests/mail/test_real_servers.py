"""A real mail server takes the message and delivers it; a real mailbox gives it back whole.

Exim takes it by STARTTLS with a login, or by TLS from the first byte, and puts it into a Maildir;
Dovecot serves that by IMAP, having taken it apart with a parser of its own. Both run from a
scratch folder, on free ports of this machine, and end with the test.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from briefgen.addresses import parse_address
from briefgen.mail.account import Account, Password
from briefgen.mail.message import sent_bytes
from briefgen.mail.sending import Sent, send_message
from judges import mail_servers
from mail_server import PDF, a_message, an_envelope

pytestmark = pytest.mark.slow

USER, SECRET = "jo", "pässwörd"

EXIM = """\
primary_hostname = mail.test
keep_environment =
spool_directory = {place}/spool
log_file_path = {place}/log/%slog
pid_file_path = {place}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {smtp} : {smtps}
tls_on_connect_ports = {smtps}
tls_advertise_hosts = *
tls_certificate = {place}/certificate.pem
tls_privatekey = {place}/key.pem
auth_advertise_hosts = ${{if def:tls_in_cipher {{*}}{{}}}}
smtputf8_advertise_hosts = *
domainlist local_domains = example.org : xn--e1afmkfd.xn--p1ai
acl_smtp_rcpt = rcpt
host_lookup =
rfc1413_query_timeout = 0s
message_size_limit = 10M

begin acl
rcpt:
  deny  !authenticated = *
        message = log in first
  deny  !domains = +local_domains
        message = we deliver here alone
  accept

begin routers
here:
  driver = accept
  domains = +local_domains
  transport = mailbox

begin transports
mailbox:
  driver = appendfile
  directory = {place}/Maildir
  maildir_format
  delivery_date_add
  envelope_to_add
  user = {owner}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{name}}}}}{{eq{{$auth3}}{{{secret}}}}}}}}}
  server_advertise_condition = ${{if def:tls_in_cipher}}
"""

DOVECOT = """\
protocols = imap
base_dir = {place}/dovecot
log_path = {place}/log/dovecot.log
listen = 127.0.0.1
ssl = required
ssl_cert = <{place}/certificate.pem
ssl_key = <{place}/key.pem
mail_location = maildir:{place}/Maildir
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={secret}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Post:
    """Where to hand mail in, and where to fetch it."""

    smtp: int
    smtps: int
    imaps: int
    trusting: ssl.SSLContext

    def send(self, message, *, implicit: bool = False) -> Sent:
        account = Account(
            "localhost",
            self.smtps if implicit else self.smtp,
            "tls" if implicit else "starttls",
            USER,
        )
        data = sent_bytes(
            message, date=datetime(2026, 11, 21, tzinfo=UTC), message_id="1.2@example.org"
        )
        return send_message(
            data, an_envelope(message), account, Password(SECRET), tls=self.trusting, pauses=()
        )

    @contextlib.contextmanager
    def inbox(self, messages: int) -> Iterator[imaplib.IMAP4_SSL]:
        """The mailbox, as soon as it has so many messages."""
        box = imaplib.IMAP4_SSL("localhost", self.imaps, ssl_context=self.trusting)
        try:
            box.login(USER, "secret")
            for _ in range(100):
                _, (count,) = box.select("INBOX", readonly=True)
                if int(count or 0) >= messages:
                    yield box
                    return
                time.sleep(0.1)
        finally:
            box.logout()
        pytest.fail("the message was not delivered")


@pytest.fixture(scope="module")
def post(authority: trustme.CA, trusting: ssl.SSLContext) -> Iterator[Post]:
    """Both servers, running."""
    exim, dovecot = mail_servers()
    import pwd  # Windows has no such module

    # A short path outside of pytest's own folder, into which the servers' users could not look.
    place = Path(tempfile.mkdtemp(prefix="post-"))
    place.chmod(0o755)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        smtp, smtps, imaps = free_ports(3)
        owner = pwd.getpwnam("Debian-exim")  # Exim keeps no other rights with a file of ours
        for name in ("spool", "log", "Maildir"):
            (place / name).mkdir()
            os.chown(place / name, owner.pw_uid, owner.pw_gid)
        certificate = authority.issue_cert("localhost", "127.0.0.1")
        certificate.cert_chain_pems[0].write_to_path(str(place / "certificate.pem"))
        certificate.private_key_pem.write_to_path(str(place / "key.pem"))
        os.chown(place / "key.pem", owner.pw_uid, owner.pw_gid)
        filled = {
            "place": place, "smtp": smtp, "smtps": smtps, "imaps": imaps, "name": USER,
            "owner": owner.pw_name, "uid": owner.pw_uid, "gid": owner.pw_gid,
        }  # fmt: skip
        (place / "exim.conf").write_text(EXIM.format(**filled, secret=SECRET), "utf-8")
        (place / "dovecot.conf").write_text(DOVECOT.format(**filled, secret="secret"), "utf-8")
        for command in (
            [exim, "-C", str(place / "exim.conf"), "-bdf"],
            [dovecot, "-F", "-c", str(place / "dovecot.conf")],
        ):
            processes.append(
                subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        for port in (smtp, smtps, imaps):
            wait_for(port, place)
        yield Post(smtp, smtps, imaps, trusting)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        shutil.rmtree(place, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def wait_for(port: int, place: Path) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    logs = "".join(path.read_text("utf-8", "replace") for path in (place / "log").iterdir())
    pytest.fail(f"nobody listens on port {port}: {logs[-2000:]}")


def test_a_message_comes_back_whole(post: Post) -> None:
    sent = post.send(
        a_message("Ann <ann@example.org>", "Дмитрий <d@пример.рф>", subject="Öl – [1]")
    )
    assert sent.accepted == ("ann@example.org", "d@xn--e1afmkfd.xn--p1ai")

    with post.inbox(1) as box:
        _, found = box.search(None, "HEADER", "Message-ID", "<1.2@example.org>")
        number = found[0].split()[0].decode()
        _, fetched = box.fetch(number, "(BODY.PEEK[])")
        message = email.message_from_bytes(fetched[0][1], policy=email.policy.default)
        assert message["Subject"] == "Öl – [1]"
        text = message.get_body(("plain",)).get_payload(decode=True).decode("utf-8")
        assert text.replace("\r\n", "\n") == "Grüße\n.\n..two dots\nFrom here on\n"
        (attached,) = message.iter_attachments()
        assert attached.get_filename() == PDF.name
        assert attached.get_payload(decode=True) == PDF.data

        # What Dovecot makes of the parts, without our or Python's help.
        _, structure = box.fetch(number, "(BODYSTRUCTURE)")
        said = structure[0].decode("ascii")
        assert '"alternative"' in said
        assert '"mixed"' in said
        assert '"application" "pdf"' in said
        assert "filename*" in said
        _, part = box.fetch(number, "(BINARY.PEEK[2])")
        assert part[0][1] == PDF.data


def test_the_other_ways_in(post: Post) -> None:
    message = a_message(
        "zoë@example.org", "eve@elsewhere.org", sender=parse_address("jo@example.org")
    )
    sent = post.send(message, implicit=True)

    assert sent.accepted == ("zoë@example.org",)  # by SMTPUTF8
    (refused,) = sent.refused
    assert refused.address == "eve@elsewhere.org"
    assert "550 we deliver here alone" in refused.words
    # How many messages lie there already is for the other test to say: this one is waited for.
    wanted, read = "To: zoë@example.org, eve@elsewhere.org".encode(), []
    for _ in range(100):
        with post.inbox(1) as box:
            _, found = box.search(None, "ALL")
            read = [box.fetch(n.decode(), "(BODY.PEEK[HEADER])")[1][0][1] for n in found[0].split()]
        if any(wanted in one for one in read):
            break
        time.sleep(0.1)
    assert any(wanted in one for one in read)
