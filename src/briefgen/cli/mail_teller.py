"""How a batch asks before it mails, and what it tells of each message."""

from __future__ import annotations

from collections.abc import Callable

from briefgen.batch.mail_record import Delivery
from briefgen.batch.posting import Posted, PostPlan, PostWatcher
from briefgen.cli.asking import agreed
from briefgen.cli.edge import say, say_error
from briefgen.errors import one_line

MOST_SHOWN = 30
"""Messages that are listed before the question; a person reads no more."""


class PostTeller(PostWatcher):
    """Asks on the terminal, unless `yes` was said, and tells on stderr.

    `before` is called before each line, to end what else is being told.
    """

    def __init__(self, yes: bool, before: Callable[[], None] = lambda: None) -> None:
        self._yes = yes
        self._before = before

    def may_send(self, plan: PostPlan) -> bool:
        for line in summary(plan):
            self._say(line)
        return self._yes or agreed("Send them?")

    def posted(self, job: str, deliveries: tuple[Delivery, ...]) -> None:
        accepted = [one.address for one in deliveries if one.state == "accepted"]
        if accepted:
            self._say(one_line(f"{job}: sent to {', '.join(accepted)}"))
        for one in deliveries:
            if one.state != "accepted":
                self._say_error(f"{job}: {fault(job, one)}")

    def not_posted(self, job: str, reason: str) -> None:
        self._say_error(f"{job}: not sent: {reason}")

    def nobody_left(self, job: str) -> None:
        self._say(f"{job}: everyone has the message; to send it once more, open its draft")

    def waits(self, text: str) -> None:
        self._say(text)

    def _say(self, text: str) -> None:
        self._before()
        say(text)

    def _say_error(self, text: str) -> None:
        self._before()
        say_error(text)


def summary(plan: PostPlan) -> list[str]:
    """What is about to be sent: to whom, from whom, through which server; a message a line."""
    lines = [
        f"{letter.draft} to {', '.join(str(one) for one in letter.recipients)}"
        for letter in plan.letters[:MOST_SHOWN]
    ]
    if len(plan.letters) > MOST_SHOWN:
        lines.append(f"... and {len(plan.letters) - MOST_SHOWN:,} more")
    people = len({one.spec for letter in plan.letters for one in letter.recipients})
    lines.append(
        f"{counted(len(plan.letters), 'message')} to {counted(people, 'address', 'addresses')}, "
        f"from {plan.office.sender} through {plan.office.account}"
    )
    return [one_line(line) for line in lines]


def fault(job: str, delivery: Delivery) -> str:
    """Why a recipient does not have a message, and what to do."""
    address, words = delivery.address, delivery.words
    if delivery.state == "later":
        return f"{address} was put off: {words}; run it again later with --send"
    again = f"--send-again {job}"
    if delivery.state == "refused":
        return f"{address} was refused: {words}; correct the address, or {again}"
    return (
        f"{address} may or may not have the message <{delivery.message_id}>: no answer of the "
        f"server is known; ask, and if it is not there, {again}"
    )


def told(posted: Posted) -> str:
    """What became of all messages, in one line."""
    if posted.declined:
        return "nothing was sent, as you said"
    sent = (
        f"{counted(posted.messages, 'message')} sent to {counted(posted.recipients, 'recipient')}"
        if posted.messages
        else "no message sent"
    )
    if not posted.missing:
        return sent if posted.messages else "no message to send that says anything new"
    are = "is" if posted.missing == 1 else "are"
    return f"{sent}; {counted(posted.missing, 'recipient')} {are} not known to have theirs"


def counted(number: int, one: str, more: str = "") -> str:
    """`1 message`, `2 messages`."""
    return f"1 {one}" if number == 1 else f"{number:,} {more or one + 's'}"
