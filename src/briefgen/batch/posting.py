"""Mailing what a run made: planned when all jobs are done, sent one by one, each message once.

Everything is made before anything is sent: only then is it known which messages say something
new, whoever is asked can read them first, and a run that is stopped while it makes briefs has
mailed nothing. What is sent is the draft that lies beside the job's other files, byte for byte,
with a date and an id.

Before the server gets a message the manifest's journal says for whom, as "unknown", and lasts on
the disk; the server's answer replaces that. So at whatever moment a run ends, the next one knows
who has a message, who does not, and of whom nobody can know; these are told and left alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.addresses import Address
from briefgen.batch.jobs import DRAFT, Job
from briefgen.batch.mail_record import Delivery, MailRecord
from briefgen.batch.manifest import MadeFile, Manifest
from briefgen.errors import OutputError, UsageError
from briefgen.mail.account import Account, MailError, Password, find_password
from briefgen.mail.message import lasting_id, sent_from_draft
from briefgen.mail.sending import (
    PAUSES,
    Connection,
    Envelope,
    PutOffError,
    Sent,
    UnfitError,
    Witness,
    deliver,
)
from briefgen.pipeline.clock import moment
from briefgen.pipeline.settings import Settings, needed_account
from briefgen.suggestions import did_you_mean
from briefgen.values import valueclass

if TYPE_CHECKING:
    import ssl

PUT_OFF_IN_A_ROW = 2
"""After so many messages put off unheard, the server means us, and the rest waits, too."""


@valueclass(frozen=True, slots=True)
class PostOffice:
    """The account that messages go through, found good before anything is made."""

    account: Account
    sender: Address
    password: Password | None


@valueclass(frozen=True, slots=True)
class Patience:
    """Whom to trust, and how long to wait for a server that says "later"."""

    tls: ssl.SSLContext | None = None
    """None: whom the system trusts."""
    pauses: Sequence[float] = PAUSES
    """Seconds before each further round; one round tries all messages that are left."""
    wait: Callable[[float], None] = time.sleep


@valueclass(frozen=True, slots=True)
class Letter:
    """A job's message, and who is to have it."""

    job: str
    draft: Path
    file: MadeFile
    """The draft as the manifest knows it."""
    content: str
    recipients: tuple[Address, ...]
    everyone: tuple[Address, ...]
    """Whom its headers name: those, too, who have it already."""


@valueclass(frozen=True, slots=True)
class PostPlan:
    """What is about to be sent, and what is known of messages sent before."""

    office: PostOffice
    letters: tuple[Letter, ...]
    unsettled: tuple[tuple[str, Delivery], ...] = ()
    """By job: recipients refused for good, or of whom nobody knows; they are left alone."""
    served: tuple[str, ...] = ()
    """Jobs that were to be sent again, and of which everyone has the message."""


@valueclass(frozen=True, slots=True)
class Posted:
    """What became of a plan."""

    messages: int = 0
    """Messages that at least one recipient got now."""
    recipients: int = 0
    """Who got one, counted for each message."""
    missing: int = 0
    """Who should have one, and has none as far as is known, those of earlier runs among them."""
    declined: bool = False
    """Whoever was asked said no."""
    stopped: str = ""
    """Why nothing more was sent; empty when everything was tried."""

    @property
    def whole(self) -> bool:
        """Whether everyone has his message."""
        return not (self.missing or self.declined or self.stopped)


class PostWatcher:
    """Asked before anything is sent, and told what becomes of it. This one says no."""

    def may_send(self, plan: PostPlan) -> bool:
        """Whether to send what is planned."""
        return False

    def posted(self, job: str, deliveries: tuple[Delivery, ...]) -> None:
        """What became of a job's message for these recipients."""

    def not_posted(self, job: str, reason: str) -> None:
        """A job's message did not go to anybody."""

    def nobody_left(self, job: str) -> None:
        """A job's message was to be sent again, and everyone has it."""

    def waits(self, text: str) -> None:
        """The server is given time."""


def open_office(jobs: Iterable[Job], settings: Settings) -> PostOffice | None:
    """The account that jobs are mailed through; None if none of them is to be mailed.

    Raises `UsageError` where the settings lack something, `MailError` for a missing password.
    """
    if not any(job.is_mailed for job in jobs):
        return None
    account = needed_account(settings)
    assert settings.sender is not None
    return PostOffice(account, settings.sender, find_password(account))


def check_again(jobs: Iterable[Job], again: Collection[str]) -> None:
    """Raise `UsageError` for a name that is to be sent again and belongs to no job that is sent."""
    mailed = [job.name for job in jobs if job.is_mailed]
    for name in again:
        if name not in mailed:
            raise UsageError(
                f"--send-again: no job {name!r} is to be sent",
                hint=did_you_mean(name, mailed) or "name one with send: true under email",
            )


def plan_post(
    office: PostOffice, jobs: Iterable[Job], manifest: Manifest, again: Collection[str] = ()
) -> PostPlan:
    """Who has to get which message, by what is written down of earlier ones.

    Of jobs whose message says what it said before, those get it who were never tried or were put
    off; with the job in `again`, also those who were refused or of whom nobody knows. A job that
    failed has nothing to send.
    """
    letters: list[Letter] = []
    unsettled: list[tuple[str, Delivery]] = []
    served: list[str] = []
    for job in jobs:
        entry = manifest.entry(job.name)
        email = job.spec.email
        if email is None or not email.send or entry is None or entry.status == "failed":
            continue
        record = manifest.mail(job.name)
        if record is not None and record.content != entry.content:
            record = None
        everyone = tuple({one.spec: one for one in (*email.to, *email.cc)}.values())
        left = []
        for one in everyone:
            known = record.of(one.spec) if record is not None else None
            if known is None or known.state == "later":
                left.append(one)
            elif known.state != "accepted":
                if job.name in again:
                    left.append(one)
                else:
                    unsettled.append((job.name, known))
        if left:
            name = job.files[DRAFT]
            file = next(file for file in entry.files if file.path == name)
            letters.append(
                Letter(job.name, manifest.folder / name, file, entry.content, (*left,), everyone)
            )
        elif job.name in again:
            served.append(job.name)
    return PostPlan(office, tuple(letters), tuple(unsettled), tuple(served))


def post(plan: PostPlan, manifest: Manifest, watch: PostWatcher, patience: Patience) -> Posted:
    """Send what is planned, once `watch` agrees. The manifest knows at every moment who has what.

    A server that says "later" gets all other messages first, and then time; so a hundred messages
    that are put off take no longer than one. What is wrong with the account or the server ends it
    all; what is wrong with one message or one recipient is told, and the others get theirs.
    """
    for name, known in plan.unsettled:
        watch.posted(name, (known,))
    for name in plan.served:
        watch.nobody_left(name)
    missing = len(plan.unsettled)
    if not plan.letters:
        return Posted(missing=missing)
    if not watch.may_send(plan):
        return Posted(missing=missing + _recipients(plan.letters), declined=True)
    round_ = _Rounds(plan, manifest, watch, patience)
    stopped = ""
    try:
        round_.all()
    except (MailError, OutputError) as error:
        stopped = str(error)
    finally:
        round_.connection.close()
    return Posted(
        messages=len(round_.got),
        recipients=sum(round_.got.values()),
        missing=missing + _recipients(plan.letters) - sum(round_.got.values()),
        stopped=stopped,
    )


def _recipients(letters: Iterable[Letter]) -> int:
    return sum(len(letter.recipients) for letter in letters)


class _Rounds:
    """Letters on their way: all are tried, then those that were put off, after a pause."""

    def __init__(
        self, plan: PostPlan, manifest: Manifest, watch: PostWatcher, patience: Patience
    ) -> None:
        self.office = plan.office
        self.letters = plan.letters
        self.manifest = manifest
        self.watch = watch
        self.patience = patience
        self.connection = Connection(plan.office.account, plan.office.password, patience.tls)
        self.got: dict[str, int] = {}
        """By job: how many recipients got it now."""
        self.put_off: dict[str, str] = {}
        """By job: why the server would not even hear of the message."""

    def all(self) -> None:
        """Send all letters. Raises `MailError` and `OutputError` for what stops it."""
        left = list(self.letters)
        pauses = list(self.patience.pauses)
        while True:
            left = self._one_round(left)
            if not left or not pauses:
                break
            pause = pauses.pop(0)
            self.connection.close()
            self.watch.waits(
                f"{self.office.account.host} says later; trying again in {pause:.0f} s"
            )
            self.patience.wait(pause)
        for letter in left:
            self._give_up(letter)

    def _one_round(self, letters: Sequence[Letter]) -> list[Letter]:
        """Try these once; what comes back is to be tried again."""
        left: list[Letter] = []
        unheard = 0
        for number, letter in enumerate(letters):
            try:
                rest = self._one(letter)
                unheard = 0
            except UnfitError as error:
                self.watch.not_posted(letter.job, str(error))
                continue
            except PutOffError as error:
                self.put_off[letter.job] = str(error)
                rest = letter.recipients
                unheard += 1
            if rest:
                left.append(replace(letter, recipients=rest))
            if unheard == PUT_OFF_IN_A_ROW:
                left += letters[number + 1 :]
                break
        return left

    def _one(self, letter: Letter) -> tuple[Address, ...]:
        """Try one; who is to be tried again."""
        draft = self._draft(letter)
        if draft is None:
            return ()
        sender = self.office.sender
        identity = lasting_id(draft, sender)
        date = self._date(letter.job, identity)
        data = sent_from_draft(draft, date=date, message_id=identity)
        needs_smtputf8 = not all(one.is_ascii for one in (*letter.everyone, sender))
        witness = _Scribe(self.manifest, letter, identity, date)
        sent = deliver(
            data,
            Envelope(sender, letter.recipients, needs_smtputf8, identity),
            self.connection,
            pauses=(),
            witness=witness,
        )
        if sent.accepted:
            self.got[letter.job] = self.got.get(letter.job, 0) + len(sent.accepted)
        settled = tuple(one for one in witness.known if one.state != "later")
        if settled:
            self.watch.posted(letter.job, settled)
        later = {refusal.address for refusal in sent.refused if refusal.temporary}
        return tuple(one for one in letter.recipients if one.spec in later)

    def _draft(self, letter: Letter) -> bytes | None:
        """The draft's bytes; None after telling that they are not those that were written."""
        try:
            data = letter.draft.read_bytes()
        except OSError:
            data = b""
        if MadeFile.of(letter.file.path, data) == letter.file:
            return data
        self.watch.not_posted(
            letter.job, f"{letter.draft} is no longer as it was written; run the batch again"
        )
        return None

    def _date(self, job: str, identity: str) -> datetime:
        """When the message was first tried: one id, one message, byte for byte."""
        record = self.manifest.mail(job)
        for one in record.deliveries if record is not None else ():
            if one.message_id == identity:
                return datetime.fromisoformat(one.date)
        return moment({})[0]  # it is sent when it is sent, whatever output says

    def _give_up(self, letter: Letter) -> None:
        record = self.manifest.mail(letter.job)
        known = [record.of(one.spec) for one in letter.recipients] if record is not None else []
        put_off = tuple(one for one in known if one is not None and one.state == "later")
        if put_off:
            self.watch.posted(letter.job, put_off)
        else:
            self.watch.not_posted(
                letter.job,
                self.put_off.get(letter.job, f"{self.office.account.host} puts us off"),
            )


class _Scribe(Witness):
    """Writes down what becomes of one letter, as it becomes of it."""

    def __init__(self, manifest: Manifest, letter: Letter, identity: str, date: datetime) -> None:
        self.known: tuple[Delivery, ...] = ()
        self._manifest = manifest
        self._letter = letter
        self._identity = identity
        self._date = date.isoformat()

    def handing_over(self, addresses: tuple[str, ...]) -> None:
        self._write(Delivery(one, "unknown", self._identity, self._date) for one in addresses)

    def settled(self, sent: Sent) -> None:
        known = [Delivery(one, "accepted", self._identity, self._date) for one in sent.accepted]
        known += [Delivery(one, "unknown", self._identity, self._date) for one in sent.unknown]
        known += [
            Delivery(
                one.address,
                "later" if one.temporary else "refused",
                self._identity,
                self._date,
                one.words,
            )
            for one in sent.refused
        ]
        self.known = tuple(known)
        self._write(known)

    def _write(self, deliveries: Iterable[Delivery]) -> None:
        record = self._manifest.mail(self._letter.job)
        if record is None or record.content != self._letter.content:
            record = MailRecord(self._letter.content)
        self._manifest.record_mail(self._letter.job, record.updated(deliveries))
