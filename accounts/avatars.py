"""Making a safe square picture out of whatever somebody uploads.

The file is decoded and drawn anew: of the upload neither bytes, nor metadata (where it was
taken), nor its name survive. What is not one of four formats is never decoded.
"""

import secrets
import struct
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from realtime.errors import InvalidData, TooLarge

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MAX_BYTES = 5 * 1024 * 1024
# 25 million pixels, what a telephone takes, are 100 MB when decoded; a bomb claims thousands.
MAX_PIXELS = 25_000_000
SIDE_PIXELS = 256

# All that Pillow raises for broken files, by its own tests and fuzzers.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error)


def square_avatar(upload: UploadedFile) -> "ContentFile[bytes]":
    """256×256 WebP under a random name. Raises InvalidData or TooLarge."""
    if (upload.size or 0) > MAX_BYTES:
        raise TooLarge(_("The picture is larger than 5 MB."))
    try:
        with Image.open(upload, formats=FORMATS) as image:
            _check_pixels(image)
            square = _draw(image)
    except Image.DecompressionBombError as error:  # Pillow's own, much higher cap
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise InvalidData(_("This is not a PNG, JPEG, WebP or GIF picture.")) from error
    buffer = BytesIO()
    square.save(buffer, "WEBP", quality=85)
    return ContentFile(buffer.getvalue(), name=f"{secrets.token_hex(16)}.webp")


def _check_pixels(image: Image.Image) -> None:
    """By the header alone, before anything is decoded."""
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> TooLarge:
    return TooLarge(_("The picture has more than 25 million pixels."))


def _draw(image: Image.Image) -> Image.Image:
    image.draft("RGB", (2 * SIDE_PIXELS, 2 * SIDE_PIXELS))  # JPEG: decode no more than is needed
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    return ImageOps.fit(upright, (SIDE_PIXELS, SIDE_PIXELS), Image.Resampling.LANCZOS)
