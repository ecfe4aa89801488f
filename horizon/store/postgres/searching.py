"""The function that finds technologies by words in every register that somebody may see.

Row-level security keeps an index on words from being used, as an operator that is not leakproof
must not see rows before the policy has. So the function looks first, and lets through what the
policies would: one's own technologies, and what others share as they show it.
"""

from __future__ import annotations

TRIGRAM_TABLES = ("technology", "shown")
"""The tables whose words are looked up."""

RANKED = 500
"""How many of one's own, and how many of others', are ranked: that takes longer than finding, and
of a word that thousands have, the likest are many."""

LOOKED_UP = 3
"""How many words are looked up in the index, the longest ones. Together they are as quick as the
rarest of them, which one word that everybody uses is not."""

_FIND = """
create or replace function horizon.find(wanted text, most integer)
returns table (force text, id text, label text, name text, stage text, marking text, likeness real)
language sql stable security definer set search_path = pg_catalog{schema} {setting} as $$
  with mine as materialized (
    select m.force, m.sensitive from horizon.member m where m.login = session_user
  ), asked as materialized (
    select array(select w from unnest(string_to_array(lower(wanted), ' ')) w where w <> ''
      group by w order by length(w) desc, w) as words
  ), found as (
    {found}
  )
  select f.force, f.id, f.label, f.name, f.stage, f.marking, {likeness} from found f
  order by 7 desc, length(f.label), f.label, f.force limit most
$$;
"""

_COLUMNS = "t.force, t.id, t.label, t.name, t.stage, t.marking, t.words"

_OWN = f"""(select {_COLUMNS} from horizon.technology t
      where t.force in (select m.force from mine m) and {{matches}} limit {RANKED})"""

_OTHERS = f"""(select {_COLUMNS} from horizon.shown t
      where {{matches}} and t.force not in (select m.force from mine m) and exists (
        select 1 from horizon.sharing s join mine m on s.with_force in ('*', m.force)
        and (t.marking = 'OFFICIAL' or m.sensitive)
        where s.force = t.force and s.subject = t.id) limit {RANKED})"""


def find_function(*, trigrams: str) -> str:
    """SQL that makes the function. `trigrams` is the schema that pg_trgm is in; where there is
    none, only words as they are spelled are found."""
    if trigrams:
        matches = [_alike(number) for number in range(1, LOOKED_UP + 1)]
        likeness = "(select avg(word_similarity(w, f.words)) from unnest(a.words) w)::real"
    else:
        matches = ["position(lower(wanted) in t.words) > 0"]
        likeness = "1.0::real"
    parts = [part.format(matches=each) for each in matches for part in (_OWN, _OTHERS)]
    return _FIND.format(
        schema=f', "{trigrams}"' if trigrams else "",
        setting="set pg_trgm.word_similarity_threshold = 0.4" if trigrams else "",
        found="\n    union all ".join(parts),
        likeness=likeness.replace("a.words", "(select a.words from asked a)"),
    )


def _alike(number: int) -> str:
    """That each word is like one of a technology's, where so many were asked for: as many are
    looked up in the index. The last of these forms takes whatever more there are."""
    held = " and ".join(
        f"(select a.words[{each}] from asked a) <% t.words" for each in range(1, number + 1)
    )
    asked = "(select cardinality(a.words) from asked a)"
    if number < LOOKED_UP:
        return f"{asked} = {number} and {held}"
    rest = (
        f"({asked} = {number} or not exists (select 1 from "
        f"unnest((select a.words from asked a)) w where not w <% t.words))"
    )
    return f"{asked} >= {number} and {held} and {rest}"
