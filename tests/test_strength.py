"""Strength: what the verbs of a clause mean, for whom, and what a clause without verbs takes from its surroundings."""

import pytest

from analyzer.assemble.strength import judge
from analyzer.errors import KnowledgeError
from analyzer.knowledge import load_knowledge
from tests.knowledge_folder import edit
from tests.support import ROOT, SHARED, bounded, load_script, needs_shared


def strength(words, *, language="en", kind="paragraph", location="body", inherited=None, categories=()):
    expressions = load_knowledge().strength
    judged = judge(words, expressions, language, inherited=inherited, categories=categories)
    return expressions.fixed(kind, location) or judged.strength


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1. Each Party shall apply its labour law.", "B"),
        ("The Parties undertake to ratify the Convention.", "B"),
        ("The Parties will exchange lists of inspectors.", "B"),
        ("Neither Party may bring a case under Chapter 9 about this Chapter.", "B"),
        ("A worker of Veridia is entitled to the wage of a national.", "B"),
        ("Ease the way to the courts for workers who may be victims of abuse.", "B"),
        ("The Committee shall meet once a year.", "B"),
        ("A Party may ask for talks. The other Party shall answer within a month.", "B"),
        ("Each Party shall strive to raise its level of protection.", "E"),
        ("The Parties shall, as appropriate, call on the ILO.", "E"),
        ("Each  Party shall\n also   endeavour to train inspectors.", "E"),
        ("The Parties shall make every effort to settle the matter.", "E"),
        ("Recognising that rights differ, each Party shall seek to improve its law.", "E"),
        ("Employers should be heard.", "E"),
        ("A Party may ask for talks at any time.", "P"),
        ("Each Party retains the right to set its own priorities.", "P"),
        ("Nothing in this Chapter shall be construed to prevent a Party from banning such goods.", "P"),
        ("The programme may include, but shall not be limited to, visits.", "P"),
        ("The Parties recognise that labour standards should not serve protectionism.", "H"),
        ("The Parties reaffirm their obligations as members of the ILO.", "H"),
        ("The objectives of this Chapter are to create jobs.", "H"),
        ("Labour law means the statutes of a Party on wages.", "D"),
        ("Nothing in this Chapter shall be construed to empower a Party to inspect abroad.", "D"),
        ("Unless the Parties agree otherwise, the panel shall report within sixty days.", "D"),
        ("The panellists shall be independent and shall take no instructions.", "D"),
    ],
)
def test_english_verbs(words, expected):
    assert strength(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Cada Parte adoptará leyes sobre la inspección del trabajo.", "B"),
        ("Las Partes se comprometen a ratificar el Convenio.", "B"),
        ("Ninguna Parte podrá recurrir al Capítulo 9.", "B"),
        ("Los trabajadores tendrán derecho a las mismas prestaciones.", "B"),
        ("Todo trabajador tiene garantizado un descanso semanal.", "B"),
        ("El presente Acuerdo tiene por objeto la migración de los trabajadores.", "H"),
        ("Las Partes recomiendan crear una comisión laboral.", "E"),
        ("Las Partes respetan su derecho soberano a fijar sus normas laborales.", "H"),
        ("Cada Parte procurará elevar su nivel de protección.", "E"),
        ("Las Partes promoverán el diálogo social.", "E"),
        ("Una Parte podrá solicitar consultas.", "P"),
        ("Las Partes reconocen la importancia del trabajo decente.", "H"),
        ("Legislación laboral significa las leyes de una Parte sobre salarios.", "D"),
        ("El panel presentará su informe en sesenta días.", "D"),
    ],
)
def test_spanish_futures_are_duties(words, expected):
    assert strength(words, language="es") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Les Parties coopèrent en matière d'emploi.", "B"),
        ("Les Parties s’engagent à ratifier la convention.", "B"),
        ("Chaque Partie veille à ce que la procédure soit équitable.", "B"),
        ("Une Partie peut demander des consultations. L'autre Partie répond dans le mois.", "B"),
        ("Les Parties s'efforcent de ratifier la convention.", "E"),
        ("Les Parties encouragent le dialogue social.", "E"),
        ("Une Partie peut demander des consultations.", "P"),
        ("Les Parties reconnaissent l'importance du travail décent.", "H"),
        ("On entend par « travailleur » toute personne salariée.", "D"),
    ],
)
def test_french_present_tense_is_a_duty(words, expected):
    assert strength(words, language="fr") == expected


@pytest.mark.parametrize("lead", "BEHPD")
def test_item_takes_the_class_of_its_lead_in(lead):
    assert strength("(a) the exchange of inspectors;", kind="item", inherited=lead) == lead
    assert strength("(b) persons who may be heard;", kind="item", inherited=lead) == lead


def test_item_with_a_sentence_of_its_own_goes_by_it():
    assert strength("(b) each Party shall treat what it learns as secret;", kind="item", inherited="D") == "B"
    assert strength("(c) may hear the social partners;", kind="item", inherited="D") == "P"
    assert strength("(d) endeavour to settle the matter;", kind="item", inherited="B") == "E"
    assert strength("(e) shall hear both sides;", kind="item", inherited="D") == "D"


def test_kind_place_and_categories_decide_where_verbs_do_not():
    assert strength("Determined that workers shall be protected,", kind="recital") == "H"
    assert strength("ENHANCE the rights of workers;", location="preamble") == "H"
    assert strength("wage: what shall be paid for work;", kind="definition") == "D"
    assert strength("This Chapter shall bind the regions.", categories={"DEF"}) == "D"
    assert strength("The list shall be drawn up at once.", categories={"PANEL"}) == "D"
    assert strength("Each Party shall name five persons.", categories={"PANEL"}) == "B"
    assert strength("Decent work for all.", categories={"ASPIR"}) == "H"
    assert strength("Decent work for all.") == "B"


def test_unknown_language_is_read_as_english():
    assert strength("Each Party may do so.", language="de") == "P"


@pytest.mark.parametrize("words", ["shall that ", "nothing ", "shall, as appropriate, ", "(", ". ", "may if, "])
def test_hostile_text_does_not_hang(words):
    with bounded():
        strength(words * (200_000 // len(words)))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('order = ["B", "E", "P", "H", "D"]', 'order = ["B"]', "order"),
        ('otherwise = "B"', 'otherwise = "X"', "otherwise"),
        ('recital = "H"', 'prologue = "H"', "prologue"),
        ('soft = ["endeavour"', 'soft = ["", "endeavour"', r"\[language\.en\] soft must be a list"),
        ("[language.en]", "[language.en]\nmodal = []", r"\[language\.en\] has the unknown key modal"),
        ('otherwise = "B"', "otherwise = ", "line"),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path, old, new, reason):
    with pytest.raises(KnowledgeError, match=reason) as caught:
        load_knowledge(edit(tmp_path, "strength.toml", old, new))
    assert str(tmp_path / "strength.toml") in str(caught.value)


@needs_shared("tota")
def test_accuracy_on_the_reference_agreements():
    benchmark = load_script(ROOT / "benchmarks" / "strength.py")
    articles = list(benchmark.read_units(SHARED / "gold" / "dev.jsonl", SHARED / "tota" / "xml"))
    for with_categories, least in ((True, 0.92), (False, 0.90)):
        confusion, _, _ = benchmark.measure(articles, with_categories=with_categories)
        assert benchmark.accuracy(confusion.items()) >= least, with_categories


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        # declarations and authorisations
        ("en", "The two countries intend to widen their cooperation on labour.", "E"),
        ("en", "Corvane has committed to protect labour rights.", "B"),
        ("en", "The President is authorized to designate a country if it protects workers.", "P"),
        ("en", "There are authorized to be appropriated ten million for labour courts.", "P"),
        ("es", "Los dos países tienen la intención de ampliar su cooperación laboral.", "E"),
        ("es", "Estavia se ha comprometido a proteger los derechos laborales y los protegerá.", "B"),
        ("es", "El Presidente está autorizado a designar un país beneficiario.", "P"),
        ("fr", "Les deux pays ont l'intention d'élargir leur coopération.", "E"),
        ("fr", "Le ministre est autorisé à désigner un pays bénéficiaire.", "P"),
        # rights that a Party keeps, efforts, interpretation
        ("es", "Cada Parte mantiene el derecho de asignar los recursos de inspección.", "P"),
        ("es", "Cada Parte procurará asegurar que no dejará sin efecto o derogará su legislación laboral.", "E"),
        ("es", "Ninguna disposición de este Capítulo se interpretará en el sentido de facultar a una Parte.", "D"),
        (
            "es",
            "Ninguna disposición de este Capítulo se interpretará en el sentido de impedir a una Parte actuar.",
            "P",
        ),
        ("es", "Cada Parte realizará esfuerzos continuos para ratificar los convenios.", "E"),
        ("es", "Las Partes convienen en que las normas no deberían servir al proteccionismo.", "H"),
        ("fr", "Une Partie peut demander des consultations à l'autre Partie en présentant une demande.", "P"),
        ("fr", "La Partie requérante peut consulter l'OIT.", "P"),
        ("fr", "La Partie requérante présente une demande écrite.", "B"),
        ("fr", "Aucune disposition du présent chapitre n'est interprétée comme habilitant une Partie à agir.", "D"),
        ("fr", "Aucune disposition n'est interprétée comme empêchant une Partie d'agir.", "P"),
        ("fr", "Les Parties s'attachent, conformément à leurs lois, à améliorer leurs normes du travail.", "E"),
        (
            "fr",
            "En vue de réaliser les objectifs visés à l'article 2, l'Union soutient l'action des États membres.",
            "B",
        ),
        ("fr", "Chaque Partie déploie des efforts constants pour ratifier les conventions.", "E"),
        ("fr", "Les Parties conviennent que les normes ne devraient pas servir au protectionnisme.", "H"),
        # what does not apply, what bodies consist of
        ("en", "Article 5 is not subject to dispute settlement.", "D"),
        ("es", "Los asuntos del Artículo 5 no darán lugar a solución de controversias.", "D"),
        ("fr", "Les questions relatives à l'article 5 ne donnent pas lieu au règlement des différends.", "D"),
        ("fr", "Le comité consultatif se compose de travailleurs et d'employeurs.", "D"),
        ("en", "The Committee of Experts shall present its draft within 120 days.", "D"),
    ],
)
def test_operative_verbs_of_three_languages(language, words, expected):
    assert strength(words, language=language) == expected
