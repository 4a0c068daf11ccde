"""A made-up postcode directory of the real one's shape: as many rows and columns, and no real row in it."""

from collections.abc import Iterator
from itertools import cycle, product
from pathlib import Path

from intake.routing.postcode_directory import AREAS

_DISTRICTS = range(1, 25)
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_BEFORE = "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind"
_AFTER = (
    "oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,"
    "ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua22,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,"
    "oa21,lsoa21,msoa21"
)
_UP_TO_CTRY = '"E18000001","E40000001"'
_UP_TO_PFA = ",".join([f'"E{number:08d}"' for number in range(24)] + ["57.101474", "-2.242851", '""', '""'])
_END = ",".join(["12345", *(f'"E{number:08d}"' for number in range(5))])
#: County, district, country and police area, in the proportions of nothing in particular.
_KINDS = (
    ("E99999999", "E06000006", "E92000001", "E23000006"),
    ("E10000012", "E07000070", "E92000001", "E23000028"),
    ("E11000002", "E08000012", "E92000001", "E23000004"),
    ("W99999999", "W06000015", "W92000004", "W15000003"),
    ("S99999999", "S12000033", "S92000003", "S23000009"),
)
#: One in three of the real ones has ended.
_ENDED = ("", "", "199606")


def write_postcodes(path: Path, rows: int) -> None:
    """Write a file of so many rows, in the order of the real one; every postcode area has its share."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{_BEFORE},{_AFTER}\r\n")
        file.writelines(_rows(rows))


def _rows(rows: int) -> Iterator[str]:
    for (outward, inward), kind, ended in zip(_postcodes(rows), cycle(_KINDS), cycle(_ENDED), strict=False):
        county, district, country, police = kind
        yield (
            f'"{outward:<4}{inward}","{outward:<4} {inward}","{outward} {inward}","198001","{ended}",'
            f'"{county}","E99999999","{district}","E05000001","E04000001","0","385386","0801193","1",'
            f'{_UP_TO_CTRY},"{country}",{_UP_TO_PFA},"{police}",{_END}\r\n'
        )


def _postcodes(rows: int) -> Iterator[tuple[str, str]]:
    """Give so many postcodes, as evenly over the first halves as they go."""
    outwards = [f"{area}{district}" for area in sorted(AREAS) for district in _DISTRICTS]
    inwards = [f"{digit}{one}{two}" for digit, one, two in product(range(10), _LETTERS, _LETTERS)]
    for number, outward in enumerate(outwards):
        share = rows * (number + 1) // len(outwards) - rows * number // len(outwards)
        for inward in inwards[:share]:
            yield outward, inward
