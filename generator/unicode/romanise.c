/*
 * Hangul in Latin letters, as it is spoken.
 *
 *     syllable = onset vowel [ final ]        U+AC00 + (onset * 21 + vowel) * 28 + final
 *
 *     신라   sin|la    ㄴ before ㄹ is spoken ㄹ      silla
 *     같이   gat|i     ㅌ before ㅣ is spoken ㅊ      gachi
 *     값이   gaps|i    a final goes over to a vowel   gapsi
 *
 * The letters are those of the Revised Romanization of Korean (Ministry of Culture and Tourism,
 * Notification 2000-8): its tables of chapter 2, and of chapter 3 the sounds that it writes and those
 * that it leaves out (tensed consonants). How syllables sound beside each other is what the Standard
 * Pronunciation of Korean says (표준 발음법): the numbers below are its articles.
 */
#include "unicode/unicode_inside.h"

enum onset { G, KK, N, D, TT, R, M, B, PP, S, SS, NO_ONSET, J, JJ, CH, K, T, P, H };

static const char *const onsets[] = {"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "",
    "j", "jj", "ch", "k", "t", "p", "h"};

static const char *const vowels[SYLLABLE_VOWELS] = {"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye",
    "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"};
enum { VOWEL_A = 0, VOWEL_AE = 1, VOWEL_YEO = 6, VOWEL_I = 20 };

enum final { NO_FINAL, FINAL_N = 4, FINAL_L = 8, FINAL_M = 16, FINAL_B = 17, FINAL_SS = 20 };

/* How a final sounds before a consonant: one of seven (articles 8 to 11). */
enum coda { CODA_NONE, CODA_K, CODA_N, CODA_T, CODA_L, CODA_M, CODA_P, CODA_NG };
static const char *const codas[] = {"", "k", "n", "t", "l", "m", "p", "ng"};

/* A final: how it sounds before a consonant; and before a vowel, what stays and what goes over
 * (articles 13 and 14); whether an ㅎ of it joins the consonant behind it (article 12). */
static const struct final_row {
    unsigned char coda, stays, goes;
    bool ends_in_h;
} finals[SYLLABLE_FINALS] = {
    {CODA_NONE, CODA_NONE, NO_ONSET, false}, /* none */
    {CODA_K, CODA_NONE, G, false},           /* ㄱ */
    {CODA_K, CODA_NONE, KK, false},          /* ㄲ */
    {CODA_K, CODA_K, S, false},              /* ㄳ */
    {CODA_N, CODA_NONE, N, false},           /* ㄴ */
    {CODA_N, CODA_N, J, false},              /* ㄵ */
    {CODA_N, CODA_NONE, N, true},            /* ㄶ */
    {CODA_T, CODA_NONE, D, false},           /* ㄷ */
    {CODA_L, CODA_NONE, R, false},           /* ㄹ */
    {CODA_K, CODA_L, G, false},              /* ㄺ */
    {CODA_M, CODA_L, M, false},              /* ㄻ */
    {CODA_L, CODA_L, B, false},              /* ㄼ */
    {CODA_L, CODA_L, S, false},              /* ㄽ */
    {CODA_L, CODA_L, T, false},              /* ㄾ */
    {CODA_P, CODA_L, P, false},              /* ㄿ */
    {CODA_L, CODA_NONE, R, true},            /* ㅀ */
    {CODA_M, CODA_NONE, M, false},           /* ㅁ */
    {CODA_P, CODA_NONE, B, false},           /* ㅂ */
    {CODA_P, CODA_P, S, false},              /* ㅄ */
    {CODA_T, CODA_NONE, S, false},           /* ㅅ */
    {CODA_T, CODA_NONE, SS, false},          /* ㅆ */
    {CODA_NG, CODA_NG, NO_ONSET, false},     /* ㅇ */
    {CODA_T, CODA_NONE, J, false},           /* ㅈ */
    {CODA_T, CODA_NONE, CH, false},          /* ㅊ */
    {CODA_K, CODA_NONE, K, false},           /* ㅋ */
    {CODA_T, CODA_NONE, T, false},           /* ㅌ */
    {CODA_P, CODA_NONE, P, false},           /* ㅍ */
    {CODA_T, CODA_NONE, NO_ONSET, true},     /* ㅎ */
};

/* Words whose sound their letters don't tell, spelled as they sound. A '-' parts two syllables: what
 * stands before it sounds as at the end of a word. */
static const struct {
    const char *word, *sound;
} words[] = {
    /* An ㄴ or ㄹ comes in between (article 29). Names (김유정) and most words have none. */
    {"학여울", "항녀울"},
    {"알약", "알략"},
    {"서울역", "서울력"},
    {"솜이불", "솜니불"},
    {"홑이불", "혼니불"},
    {"색연필", "생년필"},
    {"한여름", "한녀름"},
    {"꽃잎", "꼰닢"},
    {"깻잎", "깬닢"},
    {"나뭇잎", "나문닢"},
    {"풀잎", "풀맆"},
    {"솔잎", "솔맆"},
    {"단풍잎", "단풍닢"},
    {"콩엿", "콩녓"},
    {"담요", "담뇨"},
    {"눈요기", "눈뇨기"},
    {"물약", "물략"},
    {"내복약", "내봉냑"},
    {"식용유", "시굥뉴"},
    {"휘발유", "휘발류"},
    {"신여성", "신녀성"},
    {"남존여비", "남존녀비"},
    {"직행열차", "직행녈차"},
    {"늑막염", "능망념"},
    {"영업용", "영엄뇽"},
    {"백분율", "백분뉼"},
    {"불여우", "불려우"},
    /* ㄴ before ㄹ stays (article 20). */
    {"의견란", "의견난"},
    {"임진란", "임진난"},
    {"생산량", "생산냥"},
    {"결단력", "결단녁"},
    {"공권력", "공권녁"},
    {"동원령", "동원녕"},
    {"상견례", "상견녜"},
    {"횡단로", "횡단노"},
    {"이원론", "이원논"},
    {"입원료", "입원뇨"},
    {"구근류", "구근뉴"},
    {"신문로", "신문노"},
    /* ㄼ is spoken ㅂ (article 10). */
    {"밟다", "밥다"},
    {"밟고", "밥고"},
    {"밟지", "밥지"},
    {"밟는", "밤는"},
    {"넓죽", "넙죽"},
    {"넓둥글", "넙둥글"},
    /* Nouns and names that look like a form of 하다: their ㅎ is written (see is_of_verb). */
    {"북한", "북-한"},
    {"북해", "북-해"},
    {"백하", "백-하"},
    {"백한", "백-한"},
    {"백합", "백-합"},
    {"박하", "박-하"},
    {"박한", "박-한"},
    {"박해", "박-해"},
    {"집합", "집-합"},
    {"복합", "복-합"},
    {"적합", "적-합"},
    {"낙하", "낙-하"},
};

/* ---- Sounds ------------------------------------------------------------------------------------ */

struct syllable {
    int onset, vowel, final;
    bool is_parted; /* nothing goes over to the next one */
};

static struct syllable syllable_of(uint32_t point)
{
    int number = (int)point - SYLLABLE_FIRST;
    return (struct syllable){number / (SYLLABLE_VOWELS * SYLLABLE_FINALS),
        number / SYLLABLE_FINALS % SYLLABLE_VOWELS, number % SYLLABLE_FINALS, false};
}

/* Two syllables side by side: how the first one ends, and how the second begins. */
struct meeting {
    enum coda coda;
    int onset;
};

/* ㄷ and ㅌ before ㅣ, and before the ㅕ that it makes with ㅓ: 굳이, 같이, 붙여 (article 17). */
static int palatal(int onset, int vowel)
{
    if (vowel != VOWEL_I && vowel != VOWEL_YEO)
        return onset;
    return onset == D ? J : onset == T ? CH : onset;
}

static struct meeting before_vowel(const struct final_row *final, const struct syllable *next)
{
    return (struct meeting){(enum coda) final->stays, palatal(final->goes, next->vowel)};
}

/* ㄱ, ㄷ, ㅂ and ㅈ with ㅎ on either side (article 12). */
static int aspirate(int onset)
{
    switch (onset) {
    case G:
    case KK: return K;
    case D:
    case S:
    case SS: return T;
    case B: return P;
    case J: return CH;
    default: return onset;
    }
}

/* The forms of 하다 and of the passive 히다: 하 해 한 할 함 합 했, 히 힌 힐 힘 힙, 혀 혔. In nouns and
 * names ㅎ is written behind ㄱ, ㄷ and ㅂ: 묵호 Mukho, 백현 Baekhyeon (Revised Romanization, 3.1.4). */
static bool is_of_verb(const struct syllable *next)
{
    switch (next->vowel) {
    case VOWEL_A:
    case VOWEL_I:
        return next->final == NO_FINAL || next->final == FINAL_N || next->final == FINAL_L ||
               next->final == FINAL_M || next->final == FINAL_B;
    case VOWEL_AE:
    case VOWEL_YEO: return next->final == NO_FINAL || next->final == FINAL_SS;
    default: return false;
    }
}

/* What a final that is a stop makes of an ㅎ behind it: 맏형, 못하다, 몫하고, 값하다. */
static int aspirated_by(const struct final_row *final, const struct syllable *next)
{
    if (final->stays == CODA_K)
        return K;
    if (final->stays == CODA_P)
        return P;
    if (final->goes == CH)
        return T;
    int onset = aspirate(final->goes);
    return final->goes == D ? palatal(onset, next->vowel) : onset; /* 굳히다, 닫혀 */
}

static struct meeting before_h(const struct final_row *final, const struct syllable *next)
{
    bool is_pair = final->stays == CODA_K || final->stays == CODA_P; /* ㄳ, ㅄ: both are the stop */
    int onset = aspirated_by(final, next);
    bool is_stop = onset == K || onset == T || onset == P || onset == CH;
    if (final->ends_in_h) /* of two, one is heard */
        return (struct meeting){final->coda == CODA_T ? CODA_NONE : final->coda, H};
    if (!is_stop || !is_of_verb(next))
        return (struct meeting){final->coda, H};
    return (struct meeting){is_pair ? CODA_NONE : (enum coda) final->stays, onset};
}

/* ㅎ, ㄶ and ㅀ before a consonant; false: the final has none, or is not heard (article 12). */
static bool after_h(const struct final_row *final, int onset, struct meeting *meeting)
{
    if (!final->ends_in_h)
        return false;
    enum coda coda = final->coda == CODA_T ? CODA_NONE : final->coda;
    if (onset == S) {
        *meeting = (struct meeting){coda, SS};
        return true;
    }
    if (onset != G && onset != D && onset != J)
        return false;
    *meeting = (struct meeting){coda, aspirate(onset)};
    return true;
}

static enum coda nasal(enum coda coda)
{
    return coda == CODA_K ? CODA_NG : coda == CODA_T ? CODA_N : coda == CODA_P ? CODA_M : coda;
}

/* What the end of one does to the beginning of the other, and back (articles 18 to 20). */
static struct meeting assimilate(struct meeting meeting)
{
    if (meeting.onset == R && meeting.coda != CODA_NONE && meeting.coda != CODA_L &&
        meeting.coda != CODA_N)
        meeting.onset = N; /* 종로, 협력 */
    if (meeting.onset == R && meeting.coda == CODA_N)
        meeting.coda = CODA_L; /* 신라 */
    if (meeting.onset == N && meeting.coda == CODA_L)
        meeting.onset = R; /* 칼날 */
    if (meeting.onset == N || meeting.onset == M)
        meeting.coda = nasal(meeting.coda); /* 국물 */
    return meeting;
}

static struct meeting meet(const struct syllable *one, const struct syllable *next)
{
    const struct final_row *final = &finals[one->final];
    struct meeting meeting = {final->coda, next->onset};
    if (one->is_parted || one->final == NO_FINAL)
        return meeting;
    if (next->onset == NO_ONSET)
        return before_vowel(final, next);
    if (next->onset == H)
        return before_h(final, next);
    if (after_h(final, next->onset, &meeting))
        return meeting;
    return assimilate(meeting);
}

/* ---- Letters that stand alone: ㅋㅋ, ㅠㅠ ------------------------------------------------------------ */

enum { CONSONANT_FIRST = 0x3131, VOWEL_FIRST = 0x314F };

static const char *const consonants[VOWEL_FIRST - CONSONANT_FIRST] = {"g", "kk", "gs", "n", "nj",
    "nh", "d", "tt", "r", "lg", "lm", "lb", "ls", "lt", "lp", "lh", "m", "b", "pp", "bs", "s", "ss",
    "ng", "j", "jj", "ch", "k", "t", "p", "h"};

/* NULL: it is no letter of today's Hangul. */
static const char *letter_of(uint32_t point)
{
    if (point >= CONSONANT_FIRST && point < VOWEL_FIRST)
        return consonants[point - CONSONANT_FIRST];
    if (point >= VOWEL_FIRST && point < VOWEL_FIRST + SYLLABLE_VOWELS)
        return vowels[point - VOWEL_FIRST];
    return NULL;
}

/* ---- Words ------------------------------------------------------------------------------------- */

static bool is_syllable(uint32_t point)
{
    return point >= SYLLABLE_FIRST && point <= SYLLABLE_LAST;
}

/* The sound of the listed word that stands at the start of the text, and its length; NULL: none. */
static const char *listed_sound(struct text rest, size_t *length)
{
    enum { SYLLABLE_BYTES = 3 }; /* the first of which tells nearly all words apart */
    for (size_t i = 0; rest.length >= SYLLABLE_BYTES && i < BASE_COUNT(words); i++)
        if (memcmp(rest.at, words[i].word, SYLLABLE_BYTES) == 0 &&
            text_starts(rest, words[i].word)) {
            *length = strlen(words[i].word);
            return words[i].sound;
        }
    return NULL;
}

static size_t add_syllables(struct syllable *syllables, size_t count, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t point = text_next_point(text, &at);
        if (point == '-')
            syllables[count - 1].is_parted = true;
        else
            syllables[count++] = syllable_of(point);
    }
    return count;
}

/* The syllables of one word as they sound. A listed sound has no more of them than its word. */
static size_t read_word(struct syllable *syllables, struct text word)
{
    size_t count = 0;
    for (size_t at = 0; at < word.length;) {
        size_t length = 0;
        const char *sound = listed_sound(text_slice(word, at, word.length), &length);
        if (!sound) {
            size_t end = at;
            text_next_point(word, &end);
            length = end - at;
        }
        struct text part = sound ? text_of(sound) : text_slice(word, at, at + length);
        count = add_syllables(syllables, count, part);
        at += length;
    }
    return count;
}

static void write_word(struct arena *scratch, struct text word, struct buffer *out)
{
    struct syllable *syllables = arena_array(scratch, word.length / 3 + 1, sizeof *syllables);
    size_t count = read_word(syllables, word);
    struct meeting meeting = {CODA_NONE, count ? syllables[0].onset : NO_ONSET};
    for (size_t i = 0; i < count; i++) {
        /* ㄹ is l behind another one, else r. */
        bool is_doubled = meeting.onset == R && meeting.coda == CODA_L;
        buffer_add(out, text_of(is_doubled ? "l" : onsets[meeting.onset]));
        buffer_add(out, text_of(vowels[syllables[i].vowel]));
        meeting = i + 1 < count ? meet(&syllables[i], &syllables[i + 1])
                                : (struct meeting){finals[syllables[i].final].coda, NO_ONSET};
        buffer_add(out, text_of(codas[meeting.coda]));
    }
}

static void write_other(struct text text, struct buffer *out)
{
    size_t at = 0;
    const char *letter = letter_of(text_next_point(text, &at));
    buffer_add(out, letter ? text_of(letter) : text);
}

void unicode_romanise(struct arena *scratch, struct text text, struct buffer *out)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = at, next = at;
        while (next < text.length && is_syllable(text_next_point(text, &next)))
            at = next;
        if (at > start) {
            write_word(scratch, text_slice(text, start, at), out);
        } else {
            at = next;
            write_other(text_slice(text, start, at), out);
        }
    }
}
