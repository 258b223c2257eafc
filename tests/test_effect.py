"""Legal effect: who owes what to whom, on which conditions, by when, with which exceptions."""

import pytest

from analyzer.assemble.effect.deadlines import date_after
from analyzer.assemble.effect.effects import Effects
from analyzer.errors import KnowledgeError
from analyzer.knowledge import load_knowledge
from analyzer.types import Clause, Document, Metadata
from tests.knowledge_folder import write
from tests.support import bounded

ABOUT = Metadata(parties=("PER", "CAN"), date_in_force="2012-02-01")


def effect(text, language="en", *, kind="paragraph", knowledge=None):
    document = Document("a", text, language, metadata=ABOUT)
    clause = Clause("par-1", kind, "", "", 0, len(text), len(text), None)
    return Effects(document, [clause], {}, knowledge or load_knowledge()).of(0)


def item(lead, words, language="en"):
    text = f"{lead} {words}"
    clauses = [
        Clause("par-1", "paragraph", "1", "", 0, len(text), len(lead), None),
        Clause("par-1/item-a", "item", "a", "", len(lead) + 1, len(text), len(text), 0),
    ]
    return Effects(Document("a", text, language, metadata=ABOUT), clauses, {}, load_knowledge()).of(1)


@pytest.mark.parametrize(
    ("language", "words", "actor"),
    [
        ("en", "Each Party shall apply its labour law.", "each-party"),
        ("en", "Neither Party shall weaken its law.", "each-party"),
        ("en", "The Parties shall cooperate.", "parties"),
        ("en", "The requesting Party shall give reasons.", "a-party"),
        ("en", "Peru shall name an office.", "named-party:PER"),
        ("en", "Unless the Parties agree otherwise, the panel established by the Parties shall report.", "panel"),
        ("en", "A Party, on request of another Party, shall reply.", "a-party"),
        ("en", "The Committee, composed of officials of each Party, shall meet.", "joint-body"),
        ("en", "The programme shall be drawn up by the Parties.", "parties"),
        ("en", "Requests shall be answered.", ""),
        ("en", "Investors and their investments shall comply with labour law.", "investors"),
        ("en", "Employers shall keep records.", "employers"),
        ("en", "Workers shall enjoy the same conditions as nationals.", "workers"),
        ("en", "Third parties may attend.", ""),
        ("es", "Cada Parte adoptará leyes sobre salarios.", "each-party"),
        ("es", "Las Partes se comprometen a cooperar.", "parties"),
        ("es", "A solicitud de una Parte, el Comité se reunirá.", "joint-body"),
        ("es", "El informe será preparado por el panel.", "panel"),
        ("fr", "Chaque Partie veille à l'application de son droit.", "each-party"),
        ("fr", "Le comité se réunit une fois par an.", "joint-body"),
        ("fr", "Le rapport sera établi par le groupe d'experts.", "panel"),
    ],
)
def test_who_acts(language, words, actor):
    found = effect(words, language).legal.actor
    assert (str(found) if found else "") == actor


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [
        ("en", "Each Party shall inform the other Party and the public.", ["other-party", "public"]),
        ("en", "The panel shall report to the Parties.", ["parties"]),
        ("en", "The Parties shall cooperate with the ILO.", ["ilo"]),
        ("en", "Peru shall notify Canada.", ["named-party:CAN"]),
        ("en", "A Party shall submit the matter to the Council.", ["body"]),
        ("en", "The Parties shall settle differences between the Parties.", []),
        ("es", "Cada Parte consultará a los interlocutores sociales.", ["social-partners"]),
        ("fr", "Chaque Partie protège les travailleurs.", ["workers"]),
    ],
)
def test_towards_whom(language, words, others):
    assert [str(one) for one in effect(words, language).legal.counterparts] == others


@pytest.mark.parametrize(
    ("language", "words", "modal"),
    [
        ("en", "1. Each  Party\nshall   endeavour to train inspectors.", "shall   endeavour"),
        ("en", "A Party may ask for talks. The other Party shall answer.", "shall"),
        ("es", "Las Partes se comprometen a cooperar.", "se comprometen a"),
        ("fr", "Les Parties coopèrent.", "coopèrent"),
        ("fr", "Le comité se réunit.", "se réunit"),
        ("en", "Decent work for all.", ""),
    ],
)
def test_the_deciding_words_are_exact(language, words, modal):
    found = effect(words, language).legal.modal
    assert (words[found.start : found.end] if found else "") == modal


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [
        ("en", "Neither Party shall waive its law in a manner affecting trade between the Parties.", "trade-nexus"),
        ("en", "Neither Party shall waive its law to attract foreign investment.", "investment-nexus"),
        ("en", "… through a sustained or recurring course of action or inaction.", "recurring-conduct"),
        ("en", "Each Party shall, in accordance with its laws, publish rules.", "own-law"),
        ("en", "The Parties shall, as appropriate, meet.", "as-appropriate"),
        ("en", "The Parties shall cooperate to the extent possible.", "extent-possible"),
        ("en", "Cooperation is subject to the availability of resources.", "resources-discretion"),
        ("en", "Neither Party shall lower standards in its export processing zones.", "special-zones"),
        ("en", "Topics shall be chosen by mutual agreement.", "mutual-agreement"),
        ("es", "Cada Parte aplicará su ley de manera que afecte el comercio entre las Partes.", "trade-nexus"),
        ("es", "Por un curso de acción o inacción sostenido o recurrente.", "recurring-conduct"),
        ("es", "Las Partes cooperarán en la medida de lo posible.", "extent-possible"),
        ("es", "Cada Parte publicará, de conformidad con su legislación, las normas.", "own-law"),
        ("fr", "Chaque Partie veille, conformément à sa législation, à l'accès à la justice.", "own-law"),
        ("fr", "Aucune Partie ne déroge à son droit d'une manière qui affecte le commerce.", "trade-nexus"),
        ("fr", "Les Parties coopèrent dans la mesure du possible.", "extent-possible"),
    ],
)
def test_on_which_conditions(language, words, code):
    assert code in [one.code for one in effect(words, language).legal.qualifiers]


@pytest.mark.parametrize(
    ("language", "words", "deadlines"),
    [
        ("en", "It shall reply within sixty (60) days of the date of receipt of the request.", ["P60D after receipt"]),
        ("en", "It shall reply within one hundred and twenty days.", ["P120D"]),
        ("en", "No later than one year after the date of entry into force, and annually thereafter, it shall meet.",
         ["P1Y after entry-into-force (2013-02-01)", "R/P1Y"]),
        ("en", "The Council shall meet every two years.", ["R/P2Y"]),
        ("en", "It shall notify the Parties at least ten days before the meeting.", ["P10D before meeting"]),
        ("en", "It shall reply promptly.", ["promptly"]),
        ("en", "It shall reply within thirty days after a vacancy arises.", ["P30D after a vacancy arises"]),
        ("es", "Responderá dentro de los 30 días siguientes a la recepción de la solicitud.", ["P30D after receipt"]),
        ("es", "El Consejo se reunirá una vez al año.", ["R/P1Y"]),
        ("es", "Presentará el informe en un plazo de cuarenta y cinco días.", ["P45D"]),
        ("fr", "Elle répond dans un délai de trente jours à compter de la réception de la demande.",
         ["P30D after receipt"]),
        ("fr", "Le comité se réunit dans l'année suivant l'entrée en vigueur, puis tous les deux ans.",
         ["P1Y after entry-into-force (2013-02-01)", "R/P2Y"]),
        ("en", "The Parties shall protect workers of the day and of the year.", []),
    ],
)  # fmt: skip
def test_by_when(language, words, deadlines):
    assert [str(one) for one in effect(words, language).legal.deadlines] == deadlines


@pytest.mark.parametrize(
    ("language", "words", "exception"),
    [
        (
            "en",
            "Documents shall be public, except where secrecy is needed, and free.",
            "except where secrecy is needed",
        ),
        (
            "es",
            "El informe será público, salvo que las Partes decidan otra cosa.",
            "salvo que las Partes decidan otra cosa",
        ),
        ("fr", "Le rapport est public, sauf si une Partie s'y oppose.", "sauf si une Partie s'y oppose"),
    ],
)
def test_what_it_does_not_hold_for(language, words, exception):
    assert [words[one.start : one.end] for one in effect(words, language).legal.exceptions] == [exception]


def test_an_item_has_the_effect_of_its_lead_in():
    found = item("Within ninety days each Party shall, as appropriate, inform the other Party of:", "(a) its law;")
    assert found.legal.inherited
    assert str(found.legal.actor) == "each-party"
    assert [str(one) for one in found.legal.counterparts] == ["other-party"]
    assert [one.code for one in found.legal.qualifiers] == ["as-appropriate"]
    assert [str(one) for one in found.legal.deadlines] == ["P90D"]


def test_an_item_with_a_sentence_of_its_own_goes_by_it():
    found = item("For this purpose:", "(a) the Committee shall meet every year;")
    assert (str(found.legal.actor), found.legal.inherited) == ("joint-body", False)


def test_recitals_and_definitions_oblige_nobody():
    assert effect("Determined that employers shall protect workers,", kind="recital").legal.actor is None
    assert effect("labour law means what each Party shall apply", kind="definition").legal.modal is None


@pytest.mark.parametrize(
    ("start", "duration", "date"),
    [
        ("2012-01-31", "P1M", "2012-02-29"),
        ("2012-02-29", "P1Y", "2013-02-28"),
        ("2012-12-20", "P2W", "2013-01-03"),
        ("2012", "P1Y", ""),
        ("", "P60D", ""),
        ("9999-12-31", "P60D", ""),
    ],
)
def test_a_date_is_given_where_it_is_known(start, duration, date):
    assert date_after(start, duration) == date


def test_a_lawyer_can_add_words(tmp_path):
    knowledge = load_knowledge(
        write(tmp_path, "legal_effect.toml", '[qualifiers.weather]\nen = ["weather permitting"]\n')
    )
    found = effect("The Parties shall, weather permitting, meet.", knowledge=knowledge).legal.qualifiers
    assert [one.code for one in found] == ["weather"]


def test_mistakes_in_the_file_are_named(tmp_path):
    with pytest.raises(KnowledgeError, match="Weather"):
        load_knowledge(write(tmp_path, "legal_effect.toml", '[qualifiers.Weather]\nen = ["weather permitting"]\n'))


@pytest.mark.parametrize("words", ["within sixty days of ", "by the Parties, ", "every ", "except ", "(60) days "])
def test_hostile_text_does_not_hang(words):
    with bounded():
        effect(words * (100_000 // len(words)))
