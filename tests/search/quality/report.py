"""How good the answers are, by kind of query."""

from collections import defaultdict
from dataclasses import dataclass

from .cases import Case


@dataclass(frozen=True)
class Answer:
    case: Case
    rank: int | None  # of the first expected place among the first ten, from 1
    first: str  # the title that came first

    @property
    def reciprocal(self) -> float:
        return 1 / self.rank if self.rank else 0.0


def ask(engine, case: Case) -> Answer:
    hits = engine.search(case.typed, page_size=10, facets=False).hits
    rank = next((n for n, hit in enumerate(hits, 1) if hit.id in case.expected), None)
    return Answer(case, rank, hits[0].title if hits else "（没有结果）")


@dataclass
class Quality:
    answers: list[Answer]

    def by_kind(self) -> dict[str, list[Answer]]:
        kinds: dict[str, list[Answer]] = defaultdict(list)
        for answer in self.answers:
            kinds[answer.case.kind].append(answer)
        return kinds

    @staticmethod
    def reciprocal_rank(answers: list[Answer]) -> float:
        return sum(answer.reciprocal for answer in answers) / len(answers)

    @staticmethod
    def recall(answers: list[Answer]) -> float:
        return sum(answer.rank is not None for answer in answers) / len(answers)

    def lines(self) -> list[str]:
        """A line for each kind, and one for each query whose first hit is not expected."""
        found = [f"{'kind':32} {'queries':>7} {'MRR':>6} {'recall@10':>9}"]
        for kind, answers in [*self.by_kind().items(), ("all", self.answers)]:
            found.append(
                f"{kind:32} {len(answers):7} {self.reciprocal_rank(answers):6.3f} "
                f"{self.recall(answers):9.3f}"
            )
            if kind != "all":
                found += [
                    f"    {a.case.typed} → {a.first}, expected {a.case.of}"
                    f" ({'at ' + str(a.rank) if a.rank else 'not in the first ten'})"
                    for a in answers
                    if a.rank != 1
                ]
        return found
