"""Write and read a trained model: a zip of a JSON header, the list of features and an array of numbers.

A model file may come from anywhere. It holds data only (nothing in it is run), its parts are read only up to fixed
sizes, and the digests in its header must fit.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.assemble.evidence import EVIDENCE, SIGNS
from analyzer.assemble.merge import Merge
from analyzer.assemble.trained import Model
from analyzer.bundled import bundled
from analyzer.errors import ModelError
from analyzer.regular import TooLargeError, read_regular
from analyzer.replace import replacing
from analyzer.tag import features
from analyzer.tag.classifier import Classifier, Vocabulary
from analyzer.types import ANY

if TYPE_CHECKING:
    import numpy as np

NAME = "provisions.model"
"""Name of the bundled model in ``models/``."""
FORMAT = "labour-provision-model/2"
LARGEST = 32_000_000
"""Bytes of the whole file."""
PARTS: Mapping[str, int] = {
    "header.json": 4_000_000,
    "features.txt": 32_000_000,
    "weights.npy": 256_000_000,
    "rarity.npy": 4_000_000,
}
"""The members of the zip and the most bytes that each may unpack to."""


@cache
def bundled_model() -> Model:
    """Return the model that ships with the package.

    Raises:
        ModelError: It is missing or damaged.
    """
    return load_model(bundled("models") / NAME)


def save_model(model: Model, path: Path) -> None:
    """Write a model; the same model makes the same bytes.

    Args:
        model: The model.
        path: The file; it is replaced only when the new one is complete.
    """
    import numpy as np

    weights = np.vstack([model.classifier.weights, model.classifier.biases]).astype(np.float16)
    parts = {
        "features.txt": "\n".join(model.classifier.vocabulary.columns).encode("utf-8"),
        "weights.npy": _pack(weights),
        "rarity.npy": _pack(model.classifier.vocabulary.rarity.astype(np.float32)),
    }
    header = {
        "format": FORMAT,
        "features": features.VERSION,
        "categories": list(model.classifier.categories),
        "merge": {
            "evidence": list(EVIDENCE),
            "signs": list(SIGNS),
            "weights": model.merge.weights.round(6).tolist(),
            "biases": model.merge.biases.round(6).tolist(),
            "any_weights": model.merge.any_weights.round(6).tolist(),
            "any_bias": round(model.merge.any_bias, 6),
            "thresholds": model.merge.thresholds.round(3).tolist(),
            "any_threshold": model.merge.any_threshold,
        },
        "about": dict(model.about),
        "digests": {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()},
    }
    header["digest"] = _digest(header)
    parts["header.json"] = json.dumps(header, ensure_ascii=False, indent=1).encode("utf-8")
    with (
        replacing(path.parent, [path.name], ModelError) as scratch,
        zipfile.ZipFile(scratch / path.name, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        for name in PARTS:
            # A fixed date: the zip must not tell when it was made.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)


def load_model(path: str | Path) -> Model:
    """Read a model.

    Args:
        path: A file that ``save_model`` wrote.

    Raises:
        ModelError: The file is missing, damaged, tampered with, too large, or of another version.

    Examples:
        >>> from analyzer import load_model
        >>> from analyzer.bundled import bundled
        >>> model = load_model(bundled("models") / "provisions.model")
        >>> "CC BY-NC 4.0" in model.about["licence"]
        True
    """
    path = Path(path)
    try:
        parts = _unpack(path)
        header = json.loads(parts["header.json"])
        _check(header, parts)
        return _build(header, parts)
    except ModelError:
        raise
    except OSError as error:
        raise ModelError(f"the model cannot be read: {error.strerror or error}", file=path) from error
    except (*_DAMAGE, zipfile.BadZipFile) as error:
        raise ModelError(f"this is no model, or a damaged one: {error}", file=path) from error
    except _RefusedError as refused:
        raise ModelError(str(refused), file=path) from None


_DAMAGE = (
    *(ValueError, KeyError, TypeError, AttributeError, EOFError, NotImplementedError, OverflowError),
    *(zlib.error, RuntimeError, RecursionError, MemoryError),
)
"""What Python raises over data that is not of the form it should have."""


class _RefusedError(Exception):
    """The reason why a file is not used as a model."""


def _unpack(path: Path) -> dict[str, bytes]:
    try:
        data = read_regular(path, LARGEST)
    except TooLargeError:
        raise _RefusedError(f"larger than {LARGEST // 1_000_000} MB, so no model of this program") from None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
        if sizes.keys() != PARTS.keys() or len(archive.infolist()) != len(PARTS):
            raise _RefusedError(f"this is no model: it must hold {', '.join(PARTS)} and nothing else")
        for name, most in PARTS.items():
            if sizes[name] > most:
                raise _RefusedError(f"{name} unpacks to {sizes[name]} bytes; at most {most} are read")
        return {name: archive.read(name) for name in PARTS}


def _check(header: dict[str, Any], parts: Mapping[str, bytes]) -> None:
    if header.get("format") != FORMAT:
        raise _RefusedError(f"its format is {header.get('format')!r}; this release reads {FORMAT!r}")
    if header["features"] != features.VERSION:
        raise _RefusedError(
            f"it was fitted on features of version {header['features']}; this release makes version "
            f"{features.VERSION}. Fit it anew with 'lpa train'"
        )
    if header["digest"] != _digest(header):
        raise _RefusedError("it was changed after it was made: its header does not fit its digest")
    for name, digest in header["digests"].items():
        if hashlib.sha256(parts[name]).hexdigest() != digest:
            raise _RefusedError(f"it was changed after it was made: {name} does not fit its digest")


def _build(header: dict[str, Any], parts: Mapping[str, bytes]) -> Model:
    import numpy as np

    names = parts["features.txt"].decode("utf-8").split("\n")
    categories = tuple(str(code) for code in header["categories"])
    table = _array(parts["weights.npy"]).astype(np.float32)
    rarity = _array(parts["rarity.npy"])
    given = header["merge"]
    if given["evidence"] != list(EVIDENCE) or given["signs"] != list(SIGNS):
        raise _RefusedError("it weighs other evidence than this release collects. Fit it anew with 'lpa train'")
    merge = Merge(
        categories=categories,
        weights=np.array(given["weights"], dtype=float),
        biases=np.array(given["biases"], dtype=float),
        any_weights=np.array(given["any_weights"], dtype=float),
        any_bias=float(given["any_bias"]),
        thresholds=np.array(given["thresholds"], dtype=float),
        any_threshold=float(given["any_threshold"]),
    )
    size = len(categories)
    shapes = {
        "features.txt": (len(set(names)), len(names)),
        "weights.npy": (table.shape, (len(names) + 1, size + 1)),
        "rarity.npy": (rarity.shape, (len(names),)),
        "merge": (merge.weights.shape, (size, len(EVIDENCE))),
        "merge, biases": (merge.biases.shape, (size,)),
        "merge, thresholds": (merge.thresholds.shape, (size,)),
        "merge, any": (merge.any_weights.shape, (len(SIGNS),)),
    }
    for part, (found, wanted) in shapes.items():
        if found != wanted:
            raise _RefusedError(f"damaged: {part} has shape {found}, not {wanted}")
    single = np.array([merge.any_bias, merge.any_threshold])
    numbers = (table, rarity, merge.weights, merge.biases, merge.thresholds, merge.any_weights, single)
    if not all(np.isfinite(array).all() for array in numbers):
        raise _RefusedError("damaged: it holds numbers that are not finite")
    if ANY in categories or len(set(categories)) != size:
        raise _RefusedError("damaged: its categories are not all different codes")
    columns = {name: place for place, name in enumerate(names)}
    classifier = Classifier(categories, Vocabulary(columns, rarity), table[:-1], table[-1])
    return Model(header["about"], classifier, merge, header["digest"])


def _digest(header: Mapping[str, Any]) -> str:
    """Return the digest of a header without its own digest."""
    rest = {key: value for key, value in header.items() if key != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode("utf-8")).hexdigest()


def _pack(array: np.ndarray[Any, Any]) -> bytes:
    import numpy as np

    made = io.BytesIO()
    np.save(made, array, allow_pickle=False)
    return made.getvalue()


def _array(data: bytes) -> np.ndarray[Any, Any]:
    import numpy as np

    found: np.ndarray[Any, Any] = np.load(io.BytesIO(data), allow_pickle=False)
    if found.dtype.kind != "f":
        raise _RefusedError(f"damaged: it holds {found.dtype} where real numbers are wanted")
    return found


def check_categories(model: Model, known: Iterable[str]) -> None:
    """Check that a model gives no category that the knowledge lacks.

    Raises:
        ModelError: It does; the message names them.
    """
    unknown = sorted(set(model.classifier.categories) - set(known))
    if unknown:
        raise ModelError(f"the model gives categories that the knowledge does not have: {', '.join(unknown)}")
