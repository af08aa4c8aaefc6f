/*
 * Names to keys: search.h says which. The script of the search page does the same with what is typed, so a change here
 * is one there; tests/search/keys.tsv holds both to one table.
 *
 *     "Kyuhyun (규현) - Love"  ->  kyuhyun | 규현 | love     words, side by side in keys->letters
 *                                  \_____/   \__/   \__/     runs of one sort
 */
#include "search/search_inside.h"

#include "unicode/unicode.h"

/* ---- Spellings ---------------------------------------------------------------------------------------------- */

/* What a letter becomes with those behind it; the first row that fits. Letters without a row stay. */
static const struct spelling {
    char behind[3], to[3];
} spellings[26][3] = {
    ['a' - 'a'] = {{"e", "e"}},
    ['c' - 'a'] = {{"k", "g"}, {"h", "j"}, {"", "g"}},
    ['e' - 'a'] = {{"o", "u"}, {"u", "u"}, {"e", "i"}},
    ['f' - 'a'] = {{"", "b"}},
    ['k' - 'a'] = {{"", "g"}},
    ['o' - 'a'] = {{"o", "u"}, {"u", "u"}, {"e", "oi"}},
    ['p' - 'a'] = {{"h", "b"}, {"", "b"}},
    ['q' - 'a'] = {{"", "g"}},
    ['r' - 'a'] = {{"", "l"}},
    ['s' - 'a'] = {{"h", "s"}},
    ['t' - 'a'] = {{"", "d"}},
    ['v' - 'a'] = {{"", "b"}},
    ['w' - 'a'] = {{"oo", "u"}, {"u", "u"}},
    ['x' - 'a'] = {{"", "gs"}},
    ['z' - 'a'] = {{"", "j"}},
};

static bool fits(const struct spelling *spelling, const char *behind, size_t left)
{
    size_t length = 0;
    for (; spelling->behind[length]; length++)
        if (length >= left || behind[length] != spelling->behind[length])
            return false;
    return spelling->to[0] != 0;
}

/* A letter from a to z that stands there twice counts once. */
static char *add_letter(char *out, char letter, char before)
{
    if (letter != before || letter < 'a' || letter > 'z')
        *out++ = letter;
    return out;
}

/* An h is hardly heard within a name. */
size_t search_fold(struct text letters, char *out)
{
    char *start = out, before = 0;
    for (size_t at = 0; at < letters.length;) {
        char letter = letters.at[at++];
        const struct spelling *row =
            letter >= 'a' && letter <= 'z' ? spellings[letter - 'a'] : NULL;
        const char *behind = letters.at + at;
        size_t left = letters.length - at, i = 0;
        while (row && i < 3 && !fits(&row[i], behind, left))
            i++;
        if (!row || i == 3) {
            bool is_heard = letter != 'h' || at == 1;
            out = is_heard ? add_letter(out, letter, before) : out;
            before = (char)(is_heard ? letter : 0);
            continue;
        }
        at += strlen(row[i].behind);
        for (const char *to = row[i].to; *to; before = *to++)
            out = add_letter(out, *to, before);
    }
    return (size_t)(out - start);
}

/* ---- Words -------------------------------------------------------------------------------------------------- */

enum sort { APART, PASSED_OVER, LATIN, HANGUL };

static enum sort sort_of(uint32_t point)
{
    if (point < 0x80)
        return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') ? LATIN
               : point == '\'' || point == '`'                                  ? PASSED_OVER
                                                                                : APART;
    if (point == 0x2018 || point == 0x2019 || point == 0x2BC)
        return PASSED_OVER;
    if ((point >= 0xAC00 && point <= 0xD7A3) || unicode_is_letter_of_hangul(point))
        return HANGUL;
    return unicode_is_letter(point) || unicode_is_number(point) ? LATIN : APART;
}

/* A name of more words is found by the first of them. */
enum { MOST_WORDS = 64 };

struct word {
    size_t from, to; /* in keys->letters */
    bool is_hangul;
};

struct words {
    struct word items[MOST_WORDS];
    size_t count;
};

static void find_words(struct search_keys *keys, struct words *words)
{
    struct text text = buffer_text(&keys->loose);
    enum sort last = APART;
    buffer_clear(&keys->letters);
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        enum sort sort = sort_of(text_next_point(text, &at));
        if (sort == PASSED_OVER)
            continue;
        if (sort != last && sort != APART) {
            if (words->count == MOST_WORDS)
                return;
            words->items[words->count++] =
                (struct word){.from = keys->letters.length, .is_hangul = sort == HANGUL};
        }
        last = sort;
        if (sort == APART)
            continue;
        buffer_add(&keys->letters, text_slice(text, from, at));
        words->items[words->count - 1].to = keys->letters.length;
    }
}

/* From one word to another; what stands between them in the name is not there. */
static struct text letters_of(
    const struct search_keys *keys, const struct word *from, const struct word *to)
{
    return text_slice(buffer_text(&keys->letters), from->from, to->to);
}

/* ---- Keys ----------------------------------------------------------------------------------------------------- */

enum { KEY_POINTS = 16 };

static void add_key(struct search_keys *keys, struct text key, bool is_inner)
{
    size_t end = 0;
    if (!key.length)
        return;
    for (size_t points = 0; end < key.length && points < KEY_POINTS; points++)
        text_next_point(key, &end);
    struct search_key *added =
        list_add(&keys->items, &keys->count, &keys->capacity, keys->arena, sizeof *added);
    *added = (struct search_key){arena_text(keys->arena, text_slice(key, 0, end)), is_inner};
}

/* No more is folded than a key can hold, whatever becomes of it. */
static void add_folded(struct search_keys *keys, struct text letters, bool is_inner)
{
    char folded[2 * 8 * KEY_POINTS];
    letters = text_slice(letters, 0, BASE_COUNT(folded) / 2);
    add_key(keys, (struct text){folded, search_fold(letters, folded)}, is_inner);
}

/* ---- Latin ------------------------------------------------------------------------------------------------------ */

/* Family names that are not written as they sound: how the same person is spelled else. */
static const struct {
    const char *usual, *other;
} families[] = {{"park", "bak"}, {"lee", "i"}, {"yi", "i"}, {"rhee", "i"}, {"lim", "im"},
    {"ryu", "yu"}, {"roh", "no"}, {"choi", "choe"}};

static void add_other_family(struct search_keys *keys, struct text family, struct text given)
{
    for (size_t i = 0; i < BASE_COUNT(families); i++)
        if (text_is(family, families[i].usual))
            add_folded(keys, arena_join(keys->arena, text_of(families[i].other), given), false);
}

/* Words from which nobody begins to search. */
static bool is_filler(struct text word)
{
    static const char *const fillers[] = {"an", "the", "of", "to", "in", "on", "at", "and", "or",
        "for", "by", "is", "it", "ost", "part", "vol", "ep"};
    bool is_number = word.length < 3 && word.at[0] >= '0' && word.at[0] <= '9';
    for (size_t i = 0; word.length < 5 && i < BASE_COUNT(fillers); i++)
        if (text_is(word, fillers[i]))
            return true;
    return word.length == 1 || is_number;
}

static void add_latin(struct search_keys *keys, const struct word *words, size_t count,
    bool is_first, enum search_breadth breadth)
{
    const struct word *last = &words[count - 1];
    for (size_t i = 0; i < count; i++) {
        bool is_inner = i > 0 || !is_first;
        if (!is_inner || !is_filler(letters_of(keys, &words[i], &words[i])))
            add_folded(keys, letters_of(keys, &words[i], last), is_inner);
    }
    if (breadth == SEARCH_OF_PERSON && is_first && count > 1)
        add_other_family(keys, letters_of(keys, words, words), letters_of(keys, &words[1], last));
}

/* ---- Hangul ----------------------------------------------------------------------------------------------------- */

static void add_strokes(struct search_keys *keys, struct text hangul, bool is_inner)
{
    buffer_clear(&keys->made);
    buffer_add_byte(&keys->made, '~');
    for (size_t at = 0; at < hangul.length && keys->made.length < KEY_POINTS;)
        unicode_add_strokes(&keys->made, text_next_point(hangul, &at));
    add_key(keys, buffer_text(&keys->made), is_inner);
}

static void add_onsets(struct search_keys *keys, struct text hangul, bool is_inner)
{
    buffer_clear(&keys->made);
    buffer_add_byte(&keys->made, '=');
    for (size_t at = 0; at < hangul.length && keys->made.length < KEY_POINTS;) {
        size_t length = keys->made.length + 1;
        unicode_add_strokes(&keys->made, text_next_point(hangul, &at));
        keys->made.length = length;
    }
    add_key(keys, buffer_text(&keys->made), is_inner);
}

/* A word sounds by itself, whatever stands beside it. */
static void add_spoken(
    struct search_keys *keys, const struct word *words, size_t count, bool is_inner)
{
    buffer_clear(&keys->made);
    for (size_t i = 0; i < count && keys->made.length < 2 * KEY_POINTS; i++)
        unicode_romanise(keys->arena, letters_of(keys, &words[i], &words[i]), &keys->made);
    add_folded(keys, buffer_text(&keys->made), is_inner);
}

enum { SYLLABLE = 3 }; /* bytes */

/* From within a word, where two syllables or more are left of it. */
static void add_inner(
    struct search_keys *keys, const struct word *word, const struct word *last, size_t least)
{
    if (word->to - word->from < least * SYLLABLE)
        return;
    for (size_t from = word->from + SYLLABLE; from + 2 * SYLLABLE <= word->to; from += SYLLABLE)
        add_strokes(keys, text_slice(buffer_text(&keys->letters), from, last->to), true);
}

/* 박보람 is called 보람. */
static void add_given_name(struct search_keys *keys, const struct word *name)
{
    struct word given = {name->from + SYLLABLE, name->to, true};
    if (name->to - name->from == 3 * SYLLABLE)
        add_spoken(keys, &given, 1, true);
}

static void add_hangul(struct search_keys *keys, const struct word *words, size_t count,
    bool is_first, enum search_breadth breadth)
{
    const struct word *last = &words[count - 1];
    for (size_t i = 0; i < count; i++) {
        bool is_inner = i > 0 || !is_first;
        struct text hangul = letters_of(keys, &words[i], last);
        add_strokes(keys, hangul, is_inner);
        add_inner(keys, &words[i], last, breadth == SEARCH_FEW ? 4 : 3);
        if (i > 0 && breadth == SEARCH_FEW)
            continue;
        if (hangul.length > SYLLABLE)
            add_onsets(keys, hangul, is_inner);
        add_spoken(keys, &words[i], count - i, is_inner);
    }
    if (breadth == SEARCH_OF_PERSON && count == 1)
        add_given_name(keys, words);
}

void search_keys_init(struct search_keys *keys, struct arena *arena)
{
    *keys = (struct search_keys){.arena = arena};
    buffer_init(&keys->loose);
    buffer_init(&keys->letters);
    buffer_init(&keys->made);
}

void search_keys_release(struct search_keys *keys)
{
    buffer_release(&keys->loose);
    buffer_release(&keys->letters);
    buffer_release(&keys->made);
}

void search_keys_of(struct search_keys *keys, struct text name, enum search_breadth breadth)
{
    struct words words;
    words.count = 0;
    keys->items = NULL;
    keys->count = keys->capacity = 0;
    buffer_clear(&keys->loose);
    unicode_loose(keys->arena, name, &keys->loose);
    find_words(keys, &words);
    for (size_t from = 0, to = 0; from < words.count; from = to) {
        const struct word *run = &words.items[from];
        while (to < words.count && words.items[to].is_hangul == run->is_hangul)
            to++;
        if (run->is_hangul)
            add_hangul(keys, run, to - from, from == 0, breadth);
        else
            add_latin(keys, run, to - from, from == 0, breadth);
    }
}
