"""A trained model: the classifier and the merge that was fitted with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analyzer.assemble.merge import Merge
from analyzer.tag.classifier import Classifier


@dataclass(frozen=True)
class Model:
    """A trained model.

    Attributes:
        about: What it was made from and how good it is (see ``models/README.md``); plain JSON values.
        classifier: Gives each clause probabilities.
        merge: How the classifier's opinion and that of the rules become one.
        digest: SHA-256 of its file's header, which covers all of its parts; empty before it is saved.
    """

    about: Mapping[str, Any]
    classifier: Classifier
    merge: Merge
    digest: str = ""
