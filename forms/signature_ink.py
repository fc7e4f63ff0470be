"""A picture of a hand's signature made ready to be drawn: decoded with care, upright, without its paper's margins."""

from io import BytesIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
LARGEST = (1_400, 700)  # pixels kept: 600 to the inch in any place there is
PAPER = 235  # a grey lighter than this is the paper around the ink
RIM = 4  # pixels left around the ink


class NoSignature(Exception):
    """The picture cannot be used; the message is the Thai clause that says why."""


def signature_image(picture: bytes) -> Image.Image:
    """The ink of the picture, upright, in RGB or (where its background is clear) RGBA; raises NoSignature."""
    try:
        with Image.open(BytesIO(picture), formats=FORMATS) as found:
            _refuse_bomb(found)
            found.load()
            upright = _eight_bits(ImageOps.exif_transpose(found))
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except NoSignature:
        raise
    except Image.DecompressionBombError:
        raise NoSignature("ภาพใหญ่เกินไป") from None
    except Exception as error:  # Pillow's readers raise a dozen kinds for a damaged file
        raise NoSignature("อ่านภาพไม่ได้ ภาพต้องเป็น JPEG, PNG หรือ WebP ที่สมบูรณ์") from error
    trimmed = plain.crop(_ink(plain))
    trimmed.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    return trimmed


def preview(picture: bytes) -> bytes:
    """The ink on white paper as a PNG, as large as it would be kept; raises NoSignature."""
    image = signature_image(picture)
    output = BytesIO()
    _on_white(image).save(output, "PNG")
    return output.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return paper


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of sixteen bits as grey of eight: Pillow's own conversion takes most of it for white."""
    return image.convert("I").point(lambda level: level / 256).convert("L") if image.mode.startswith("I") else image


def _refuse_bomb(image: Image.Image) -> None:
    """The header tells the size before a single pixel is made."""
    if image.width * image.height > MOST_PIXELS:
        raise NoSignature(f"ภาพใหญ่เกินไป ({image.width:,} × {image.height:,} จุด)")


def _ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The part of the picture that is neither clear nor white."""
    grey = _on_white(image).convert("L")
    box = grey.point([255 if level < PAPER else 0 for level in range(256)]).getbbox()
    low, high = grey.getextrema()
    if box is None or low == high:
        raise NoSignature("ภาพว่าง ไม่มีลายมือชื่อในภาพ")
    left, top, right, bottom = box
    return max(left - RIM, 0), max(top - RIM, 0), min(right + RIM, image.width), min(bottom + RIM, image.height)
