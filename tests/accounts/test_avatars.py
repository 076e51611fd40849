"""Pictures are drawn anew; what is not a picture, or too much of one, is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import avatars
from accounts.actions.profiles import change_avatar, remove_avatar
from accounts.models import User
from realtime.errors import InvalidData, TooLarge
from tests.accounts.conftest import Browse


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "#2b6b57").save(buffer, kind, **options)
    return buffer.getvalue()


def upload(data: bytes, name: str = "me.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/png")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it has width × height pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def stored(user: User) -> Image.Image:
    user.refresh_from_db()
    return Image.open(default_storage.open(user.avatar.name))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_become_small_square_webp(alice: User, kind: str) -> None:
    change_avatar(alice, upload=upload(picture(kind)))
    image = stored(alice)
    assert (image.format, image.size) == ("WEBP", (256, 256))
    assert "me" not in alice.avatar.name


def test_of_a_moving_gif_the_first_frame_stays(alice: User) -> None:
    buffer = BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("#ff0000", "#0000ff")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    change_avatar(alice, upload=upload(buffer.getvalue(), "me.gif"))
    image = stored(alice)
    assert getattr(image, "n_frames", 1) == 1
    red, _, blue = image.convert("RGB").getpixel((128, 128))  # type: ignore[misc]
    assert red > 200 > 50 > blue


def test_where_a_photo_was_taken_is_not_kept(alice: User) -> None:
    exif = Image.Exif()
    exif[0x9286] = "home, third floor"
    data = picture("JPEG", exif=exif)
    assert b"third floor" in data
    change_avatar(alice, upload=upload(data))
    assert b"third floor" not in default_storage.open(alice.avatar.name).read()
    assert not stored(alice).getexif()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\0" * 20,
        picture()[:60],
        b"\x89PNG\r\n\x1a\n",
        picture("BMP"),
        picture("TIFF"),
        picture("ICO"),
        bomb(100, 100),
    ],
    ids=["empty", "text", "svg", "gif", "cut", "png", "bmp", "tiff", "ico", "short"],
)
def test_what_is_no_fit_picture_is_refused(alice: User, data: bytes) -> None:
    with pytest.raises(InvalidData):
        change_avatar(alice, upload=upload(data))
    assert alice.avatar_url == ""


@pytest.mark.parametrize("size", [(50_000, 50_000), (5001, 5000), (1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_decoded(
    alice: User, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[object] = []
    monkeypatch.setattr(Image.Image, "load", lambda self: decoded.append(self))
    with pytest.raises((TooLarge, InvalidData)):
        change_avatar(alice, upload=upload(bomb(*size)))
    assert decoded == []


def test_a_large_file_is_refused_unread(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(avatars, "MAX_BYTES", 1000)
    with pytest.raises(TooLarge):
        change_avatar(alice, upload=upload(picture(size=(2000, 2000))))


def test_of_a_polyglot_only_the_picture_survives(alice: User) -> None:
    script = b"<script>alert(document.cookie)</script>"
    change_avatar(alice, upload=upload(picture("GIF") + script, "me.html"))
    data = default_storage.open(alice.avatar.name).read()
    assert script not in data
    assert alice.avatar.name.endswith(".webp")


def test_the_old_picture_is_deleted(
    alice: User, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    change_avatar(alice, upload=upload(picture()))
    first = alice.avatar.name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        change_avatar(alice, upload=upload(picture()))
    second = alice.avatar.name
    assert not default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_avatar(alice)
    assert not default_storage.exists(second)
    alice.refresh_from_db()
    assert alice.avatar_url == ""


def test_the_picture_is_uploaded_shown_and_served(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    assert browser.post("/settings/avatar/", {"avatar": upload(picture())}).status_code == 302
    alice.refresh_from_db()
    assert alice.avatar_url in browser.get("/settings/").content.decode()
    answer = browser.get(alice.avatar_url)
    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    assert answer.content.startswith(b"RIFF")
    page = browser.post("/settings/avatar/", {"avatar": upload(b"hello")})
    assert "not a PNG" in page.content.decode()


@pytest.mark.parametrize("name", ["0" * 32 + ".webp", "../maru.sqlite3", "0.webp", "a.svg"])
def test_nothing_else_is_served(db: None, browse: Browse, name: str) -> None:
    assert browse().get(f"/media/avatars/{name}").status_code == 404
