"""Who lives in the demo world."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.models import User
from chat.actions.statuses import set_status

PASSWORD = "maru-demo"  # noqa: S105 - for the demo world, which only DEBUG makes


@dataclass(frozen=True)
class Somebody:
    """`name` as the scenes call them. Without a language theirs is their browser's."""

    name: str
    username: str
    display_name: str
    email_name: str
    language: str = ""
    status: tuple[str, str] = ("", "")
    is_bot: bool = False


CAST = [
    Somebody("alice", "alice", "Alice Kwon", "alice", status=("🏮", "Hosting the hall")),
    Somebody("bob", "bob", "Bob Hansen", "bob", status=("🥾", "Ask me about trails")),
    Somebody("charlie", "charlie", "Charlie Okafor", "charlie"),
    Somebody("철수", "김철수", "김철수", "chulsoo", "ko", ("☕", "커피 충전 중")),
    Somebody("영희", "이영희", "이영희", "younghee", "ko"),
    Somebody("하늘", "박하늘", "박하늘", "haneul", "ko", ("🎧", "집중 모드")),
    Somebody("준호", "최준호", "최준호", "junho", "ko", ("🏠", "재택근무")),
    Somebody("emma", "emma", "Emma Lindqvist", "emma", status=("📚", "Reading week")),
    Somebody("lucas", "lucas", "Lucas Moreau", "lucas"),
    Somebody("까치", "까치", "까치 (빌드 알림)", "kkachi", "ko", ("🐦", "좋은 소식"), is_bot=True),
]


def make_people() -> dict[str, User]:
    """By the names of the scenes. Who exists already stays as they are."""
    return {somebody.name: _make(somebody) for somebody in CAST}


def _make(somebody: Somebody) -> User:
    user = User.objects.filter(username=somebody.username).first()
    if user is not None:
        return user
    email = f"{somebody.email_name}@example.com"
    is_owner = somebody.username == "alice"
    user = User.objects.create_user(
        somebody.username,
        email,
        PASSWORD,
        display_name=somebody.display_name,
        language=somebody.language,
        is_bot=somebody.is_bot,
        is_staff=is_owner,
        is_superuser=is_owner,
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    emoji, text = somebody.status
    if emoji:
        set_status(user, emoji=emoji, text=text)
    return user
