"""Names that go by several forms: pet names, and spellings that neither look nor sound alike on paper.

Each line is one name; a form may belong to several. Added to as people say what they could not find.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_FORMS: Final = """
abigail abi abbie abby gail
alexander alexandra alex alec sandy xander sasha lexi lexie aleksander oleksandr
alfred alf alfie fred freddie
amelia millie amy mia emilia
andrew andy drew andrzej
anthony tony ant
aoife eefa efa eva
benjamin ben benji
caitlin catrin kaitlyn katelyn
caoimhe keeva kiva
catherine katherine kathryn cath cathy kate katie kath kathy kitty kat katarzyna kasia
charles charlie chas chuck
charlotte charlie lottie
christopher chris kit topher krzysztof
christina christine chris tina chrissie
daniel danielle dan danny dani
david dave davey dai dafydd daud dawid
deborah debbie deb
dominic dom
edward ed eddie ned ted teddy
eleanor ellie nell nora elinor
elizabeth eliza liz lizzie beth betty bess libby lisa elspeth elzbieta
emily em emmy millie
francesca frances fran frankie
frederick fred freddie
gabriel gabrielle gabi gabby gabe
george georgie jerzy
georgina georgia georgie gina
grainne gronya
harold harry
harriet hattie
henry harry hal
isabella isabelle isabel bella izzy issy isla
isaac ike zac ishaq
jacob jake jakub yaqub
jacqueline jackie jacqui
james jim jimmy jamie jay
jennifer jen jenny
jessica jess jessie
john johnny jack jon jan ian yahya
jonathan jon jonny nathan
joseph joe joey yusuf yousef
joshua josh
kenneth ken kenny
lawrence laurence larry laurie
leonard leo len lenny
lucy lucia lulu
madeleine madeline maddie maddy
margaret maggie meg megan peggy rita malgorzata gosia
mary maria marie molly maryam mariam
matthew matt matty mateusz
michael mike mick mickey mikey michal
mohammed mo moh muhammad mohamed mohammad muhamed mohamad mahomet
natalie nat talia
nathaniel nathan nate nat
niamh neve neave
nicholas nick nicky nico
nicola nicole nicky nikki
oisin osheen usheen
oliver olivia ollie liv
patrick patricia pat paddy padraig trish
peter pete piotr
philip phil pip
rachel rach rae
rebecca becky becca bex
rhys reece reese rees
richard dick rick ricky rich
robert rob robbie bob bobby bert
roisin rosheen
rosemary rosie rose
ruairi rory
sadhbh sive
samuel samantha sam sammy
saoirse seersha sersha
sarah sara sally
sean shaun shawn shane
sian sharn
siobhan shivaun chevonne shivon
sinead shinade
stephen steven steve stevie
susan sue susie suzanne
tadhg tige
tamsin tamzin tam
theodore theo ted teddy
theresa tess terri terry tereza
thomas tom tommy tomasz tomos
timothy tim timmy
tomasz tomek
victoria vicky tori
vincent vince vinny
william bill billy will willy liam gwilym
zachary zac zack zach
"""


def _by_form() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _FORMS.split("\n"):
        forms = frozenset(line.split())
        for form in forms:
            found.setdefault(form, set()).update(forms)
    return MappingProxyType({form: frozenset(others - {form}) for form, others in found.items()})


#: For each form, the others that the same person may go by.
OTHER_FORMS: Final = _by_form()
