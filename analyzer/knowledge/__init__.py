"""Everything that a lawyer may edit, loaded and checked: codebook, thesaurus, rules, instruments, States, words.

* ``load``, ``build``: from the files to ``knowledge.Knowledge``, which holds it all.
* ``files``, ``overlay``: the files of the package, and a folder of the user's over them.
* ``checks``, ``schema_…``: what each file must hold.
* ``codebook``, ``rules``, ``instruments``, ``sets``, ``states``, ``names``, ``ratifications``, ``strength``,
  ``structure``, ``metadata``, ``languages``, ``words``: its parts.
* ``normlex``, ``export_rows``: bring the ratifications up to date; ``labels``: names of strengths and pillars.
"""

from analyzer.knowledge.knowledge import Knowledge
from analyzer.knowledge.load import load_knowledge

__all__ = ["Knowledge", "load_knowledge"]
