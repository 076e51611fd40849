"""Who has not seen an announcement after a while gets it by mail, once."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from operations.announcing import current, missing
from operations.models import Announcement


def mail_announcements() -> int:
    """How many were mailed. One worker takes each announcement."""
    if not settings.EMAIL_URL:
        return 0
    ripe = timezone.now() - timedelta(minutes=settings.ANNOUNCEMENT_MAIL_MINUTES)
    return sum(_mail(row) for row in current().filter(mailed_at=None, created_at__lte=ripe))


def _mail(row: Announcement) -> int:
    unmailed = Announcement.objects.filter(pk=row.pk, mailed_at=None)
    if not unmailed.update(mailed_at=timezone.now()):
        return 0  # another worker does
    people = missing(row).exclude(email="")
    messages = [EmailMessage(*_words(row, person.language), to=[person.email]) for person in people]
    get_connection().send_messages(messages)
    return len(messages)


def _words(row: Announcement, language: str) -> tuple[str, str]:
    is_korean = bool(row.title_ko) and (language == "ko" or not row.title_en)
    return (row.title_ko, row.text_ko) if is_korean else (row.title_en, row.text_en)
