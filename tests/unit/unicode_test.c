/* unicode: normal forms, keys, slugs, bands, dates, plurals, widths and words. */
#include "unicode/unicode.h"
#include "in_arena.h"

static void check_finds_the_first_broken_byte(void **state)
{
    (void)state;
    assert_int_equal(unicode_check(TEXT("")), -1);
    assert_int_equal(unicode_check(TEXT_NONE), -1);
    assert_int_equal(unicode_check(TEXT("OST 규현")), -1);
    assert_int_equal(unicode_check(TEXT("a\xff")), 1);
    assert_int_equal(unicode_check(TEXT("ab\0c")), 2);
    assert_int_equal(unicode_check(TEXT("\xea\xb7")), 0);         /* cut off */
    assert_int_equal(unicode_check(TEXT("x\xc0\xaf")), 1);        /* too long a form */
    assert_int_equal(unicode_check(TEXT("x\xed\xa0\x80")), 1);    /* half a surrogate pair */
    assert_int_equal(unicode_check(TEXT("\xf4\x90\x80\x80")), 0); /* past U+10FFFF */
}

static void nfc_composes_what_macos_takes_apart(void **state)
{
    struct arena *arena = *state;
    struct text whole = TEXT("규현 é");
    assert_ptr_equal(unicode_nfc(arena, whole).at, whole.at);
    assert_text(unicode_nfc(arena, TEXT("\u1100\u1172\u1112\u1167\u11ab e\u0301")), "규현 é");
    assert_text(unicode_nfc(arena, TEXT("\u212b")), "Å");
    assert_text(unicode_nfc(arena, TEXT("가\u11a8")), "각");
    struct text marks = TEXT("a\u0323\u0307");
    assert_text(unicode_nfc(arena, marks), "ạ̇");
}

static void key_joins_spellings_of_one_name(void **state)
{
    struct arena *arena = *state;
    static const char *const same[][2] = {
        {"Park Bo-ram", "parkboram"},
        {"PARK BORAM", "parkboram"},
        {"Ｐａｒｋ　Ｂｏ‐ｒａｍ", "parkboram"},
        {"Zion.T", "ziont"},
        {"Master's Sun", "masterssun"},
        {"Master’s Sun", "masterssun"},
        {"Master´s Sun", "masterssun"},
        {"박 보람", "박보람"},
        {"\u1107\u1161\u11a8보람", "박보람"},
        {"가·나", "가나"},
        {"가ㆍ나", "가나"},
        {"Straße", "strasse"},
        {"ÉLAN", "élan"},
        {"(G)I-DLE", "(g)idle"},
        {"Soundtrack #1", "soundtrack#1"},
        {"미생 – OST", "미생ost"},
        {"...", "..."},
        {"—", "—"},
        {"", ""},
    };
    for (size_t i = 0; i < BASE_COUNT(same); i++) {
        assert_text(unicode_key(arena, text_of(same[i][0])), same[i][1]);
    }
}

static void slug_keeps_letters_of_every_script(void **state)
{
    struct arena *arena = *state;
    static const char *const slugs[][2] = {
        {"Soundtrack #1", "soundtrack-1"},
        {"  The Master's Sun (OST)  ", "the-masters-sun-ost"},
        {"The Master’s Sun", "the-masters-sun"},
        {"사랑은 말로 표현하는게 아니래요", "사랑은-말로-표현하는게-아니래요"},
        {"가ㆍ나", "가-나"},
        {"Élan Vital", "élan-vital"},
        {"हिन्दी", "हिन्दी"},
        {"10cm", "10cm"},
        {"***", "untitled"},
        {"", "untitled"},
        {"..", "untitled"},
        {"NUL", "nul-"},
        {"com1", "com1-"},
        {"Con", "con-"},
        {"console", "console"},
        {"a/b\\c", "a-b-c"},
    };
    for (size_t i = 0; i < BASE_COUNT(slugs); i++) {
        assert_text(unicode_slug(arena, text_of(slugs[i][0])), slugs[i][1]);
    }
}

static void ascii_slug_romanises(void **state)
{
    struct arena *arena = *state;
    struct unicode_romaniser *romaniser = unicode_romaniser_open();
    static const char *const slugs[][2] = {
        /* The examples of the Revised Romanization of Korean. */
        {"구미 영동 백암 옥천 합덕 호법", "gumi-yeongdong-baegam-okcheon-hapdeok-hobeop"},
        {"월곶 벚꽃 한밭 구리 설악", "wolgot-beotkkot-hanbat-guri-seorak"},
        {"칠곡 임실 울릉 대관령", "chilgok-imsil-ulleung-daegwallyeong"},
        {"백마 신문로 종로 왕십리 별내 신라", "baengma-sinmunno-jongno-wangsimni-byeollae-silla"},
        {"학여울 알약", "hangnyeoul-allyak"},
        {"해돋이 같이 굳히다", "haedoji-gachi-guchida"},
        {"좋고 놓다 잡혀 낳지", "joko-nota-japyeo-nachi"},
        {"묵호 집현전", "mukho-jiphyeonjeon"},
        {"압구정 낙동강 죽변 낙성대 합정 팔당 샛별 울산",
            "apgujeong-nakdonggang-jukbyeon-nakseongdae-hapjeong-paldang-saetbyeol-ulsan"},
        {"광희문", "gwanghuimun"},
        /* Names of the trade, and words that begin in the middle of a text. */
        {"규현", "gyuhyeon"},
        {"백현", "baekhyeon"},
        {"박하선", "bakhaseon"},
        {"북한산", "bukhansan"},
        {"김유정", "gimyujeong"},
        {"못해", "motae"},
        {"없어", "eopseo"},
        {"닭이 앉아", "dalgi-anja"},
        {"않네 뚫네 놓는", "anne-ttulle-nonneun"},
        {"싫어 쌓이다 많아", "sireo-ssaida-mana"},
        {"꽃하고 몫하고 값하다", "kkotago-mokago-gapada"},
        {"앉히다 밟히다 밝혀", "anchida-balpida-balkyeo"},
        {"붙여 닫혀", "buchyeo-dachyeo"},
        {"V의 노래 OST", "vui-norae-ost"},
        {"ㅋㅋ ㅠㅠ ㅇㅋ", "kk-yuyu-ngk"},
        {"가ㆍ나", "ga-na"},
        {"\u1107\u1161\u11a8보람", "bakboram"},
        /* Other scripts. */
        {"Élan Vital", "elan-vital"},
        {"The Master’s Sun", "the-masters-sun"},
        {"Сергей", "sergej"},
        {"ヨルシカ", "yorushika"},
        {"愛 ★", "ai"},
        {"Straße №1", "strasse-no1"},
        {"★", "untitled"},
        {"नुल", "nula"},
        {"콘", "kon"},
        {"ＮＵＬ", "nul-"},
        {"plain ASCII", "plain-ascii"},
    };
    for (size_t i = 0; i < BASE_COUNT(slugs); i++)
        assert_text(unicode_ascii_slug(romaniser, arena, text_of(slugs[i][0])), slugs[i][1]);
    unicode_romaniser_release(romaniser);
    unicode_romaniser_release(NULL);
}

static void ascii_slug_of_every_syllable_is_ascii(void **state)
{
    struct arena *arena = *state;
    struct unicode_romaniser *romaniser = unicode_romaniser_open();
    char name[8] = "\xEA\xB0\x80\xEA\xB0\x80";
    for (uint32_t point = 0xAC00; point <= 0xD7A3; point++) {
        name[0] = (char)(0xE0 | (point >> 12));
        name[1] = (char)(0x80 | ((point >> 6) & 0x3F));
        name[2] = (char)(0x80 | (point & 0x3F));
        struct text slug = unicode_ascii_slug(romaniser, arena, text_of(name));
        assert_true(slug.length >= 3 && slug.length < 16);
        for (size_t i = 0; i < slug.length; i++)
            assert_true(slug.at[i] >= 'a' && slug.at[i] <= 'z');
    }
    unicode_romaniser_release(romaniser);
}

static void slug_is_cut_at_a_code_point(void **state)
{
    struct arena *arena = *state;
    char name[300];
    for (size_t i = 0; i + 3 <= sizeof name; i += 3) {
        memcpy(name + i, "규", 3);
    }
    struct text slug = unicode_slug(arena, (struct text){name, sizeof name});
    assert_int_equal(slug.length, 120);
    assert_int_equal(unicode_check(slug), -1);
    memset(name, '-', sizeof name);
    memset(name, 'a', 119);
    name[sizeof name - 1] = 'b';
    assert_int_equal(unicode_slug(arena, (struct text){name, sizeof name}).length, 119);
}

static void letter_case_uses_full_mappings(void **state)
{
    struct arena *arena = *state;
    assert_text(unicode_lower(arena, TEXT("OST Ünïque ÀB")), "ost ünïque àb");
    assert_text(unicode_upper(arena, TEXT("straße ŉ")), "STRASSE ʼN");
    assert_text(unicode_fold(arena, TEXT("Straße OST 규현")), "strasse ost 규현");
    assert_text(unicode_upper(arena, TEXT("abc xyz {1}")), "ABC XYZ {1}");
    assert_text(unicode_lower(arena, TEXT("AZ@[`")), "az@[`");
    assert_text(unicode_upper(arena, TEXT("규현")), "규현");
    assert_text(unicode_title(arena, TEXT("ß")), "Ss");
    assert_text(unicode_title(arena, TEXT("ǆ")), "ǅ");
    assert_text(unicode_lower_at(arena, TEXT("ΑΣ"), 2), "ς");
    assert_text(unicode_lower_at(arena, TEXT("Α'Σ'"), 3), "ς");
    assert_text(unicode_lower_at(arena, TEXT("ΑΣΑ"), 2), "σ");
    assert_text(unicode_lower_at(arena, TEXT(" Σ"), 1), "σ");
}

static void points_have_properties(void **state)
{
    (void)state;
    assert_true(unicode_is_letter(0xADDC) && unicode_is_letter('a') && !unicode_is_letter('1'));
    assert_true(unicode_is_digit('1') && unicode_is_digit(0x0661) && !unicode_is_digit('a'));
    assert_true(unicode_is_space(0x3000) && unicode_is_space(0x85) && !unicode_is_space('a'));
    assert_int_equal(unicode_digit(0x0663), 3);
    assert_int_equal(unicode_digit(0xB2), -1);
    assert_true(unicode_is_printable(' ') && unicode_is_printable(0xADDC));
    assert_false(unicode_is_printable(0x3000) || unicode_is_printable(0x378) ||
                 unicode_is_printable(0xAD) || unicode_is_printable(0xE000));
    assert_true(unicode_is_upper(0xC9) && unicode_is_lower(0xE9));
    assert_true(
        unicode_is_hangul(0xADDC) && unicode_is_hangul(0x314B) && unicode_is_hangul(0x1100));
    assert_false(unicode_is_hangul(0x4E00) || unicode_is_hangul('a') || unicode_is_hangul(0x302E));
}

static void width_counts_terminal_columns(void **state)
{
    (void)state;
    assert_int_equal(unicode_width(TEXT("abc")), 3);
    assert_int_equal(unicode_width(TEXT("규현 a")), 6);
    assert_int_equal(unicode_width(TEXT("e\u0301")), 1);
    assert_int_equal(unicode_width(TEXT("\u1100\u1172")), 2);
    assert_int_equal(unicode_width(TEXT("Ａ🎵")), 4);
    assert_int_equal(unicode_width(TEXT("")), 0);
}

static void words_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t words;
    } counts[] = {
        {"", 0},
        {" -- ! ", 0},
        {"one", 1},
        {"It's Park Bo-ram, 3.5 of 5!", 7},
        {"사랑은 말로 표현하는게 아니래요", 4},
        {"규현(Kyuhyun)은 sings", 4},
        {"1,000.5 a.b.c c: d 3:45", 6},
        {"snake_case _ __", 1},
        {"金 東", 2},
        {"漢字", 2},
        {"e\u0301a don’t", 2},
        {"a'", 1},
        {"'a", 1},
        {"a''b", 2},
    };
    for (size_t i = 0; i < BASE_COUNT(counts); i++) {
        assert_int_equal(unicode_count_words(text_of(counts[i].text)), counts[i].words);
    }
}

/* Sixteen bytes are looked at at a time: a text counts the same wherever those begin in it. */
static void words_count_the_same_at_every_offset(void **state)
{
    struct arena *arena = *state;
    static const struct {
        const char *text;
        size_t words;
    } counts[] = {
        {"stay, dry wish thin. Whole wait", 6},
        {"so fade hush rather3 twice, 3,4 or a,b", 9},
        {"example.org. Then example.org and don't", 5},
        {"cafe\u0301 cre\u0300me brulee\u0301s again", 4},
        {"under_score _ and the_ends_", 3},
        {"letters한글letters and 漢字 letters", 5},
        {"(well) 'quoted'; yes? no! a.b.c isn't: \"so\" they say. End.", 10},
    };
    for (size_t i = 0; i < BASE_COUNT(counts); i++) {
        for (int blanks = 0; blanks < 16; blanks++) {
            struct text text = arena_format(arena, "%*s%s", blanks, "", counts[i].text);
            assert_int_equal(unicode_count_words(text), counts[i].words);
        }
    }
}

static void bands_ignore_accents_doubling_and_signs(void **state)
{
    struct arena *arena = *state;
    static const char *const bands[][2] = {
        {"(G)I-DLE", "G"},
        {"Élan", "E"},
        {"Øresund", "O"},
        {"까치", "ㄱ"},
        {"쌍", "ㅅ"},
        {"하늘", "ㅎ"},
        {"ㅋㅋ", "ㅋ"},
        {"ㄳ", "ㄱ"},
        {"10cm", "0-9"},
        {"★", "#"},
        {"", "#"},
        {"Жук", "#"},
        {"金", "#"},
        {"ＡＢ", "A"},
        {"\u1112\u1161", "ㅎ"},
        {"ㅏ", "#"},
        {"zoo", "Z"},
    };
    for (size_t i = 0; i < BASE_COUNT(bands); i++) {
        assert_text(unicode_band(text_of(bands[i][0])), bands[i][1]);
    }
}

static void bands_stand_in_the_order_of_the_language(void **state)
{
    (void)state;
    static const char *const english[] = {"A", "Z", "ㄱ", "ㅎ", "0-9", "#"};
    static const char *const korean[] = {"ㄱ", "ㅎ", "A", "Z", "0-9", "#"};
    struct unicode_language *en = unicode_language_open("en");
    struct unicode_language *ko = unicode_language_open("ko-KR");
    for (size_t i = 1; i < BASE_COUNT(english); i++) {
        assert_true(unicode_band_order(en, text_of(english[i - 1])) <
                    unicode_band_order(en, text_of(english[i])));
        assert_true(unicode_band_order(ko, text_of(korean[i - 1])) <
                    unicode_band_order(ko, text_of(korean[i])));
    }
    unicode_language_release(en);
    unicode_language_release(ko);
}

static void only_well_formed_tags_open(void **state)
{
    (void)state;
    static const char *const good[] = {"en", "ko", "pt-BR", "en-GB", "zh-Hant-TW", "qaa"};
    static const char *const bad[] = {"", "english language", "en_US", "e", "en-", "-", "12"};
    for (size_t i = 0; i < BASE_COUNT(good); i++) {
        struct unicode_language *language = unicode_language_open(good[i]);
        assert_non_null(language);
        unicode_language_release(language);
    }
    for (size_t i = 0; i < BASE_COUNT(bad); i++) {
        assert_null(unicode_language_open(bad[i]));
    }
    assert_null(unicode_language_open(NULL));
    unicode_language_release(NULL);
}

static void sort_keys_order_names(void **state)
{
    struct arena *arena = *state;
    static const char *const english[] = {
        "(G)I-DLE", "Gummy", "Track 2", "Track 10", "가", "까", "나"};
    struct unicode_language *en = unicode_language_open("en");
    for (size_t i = 1; i < BASE_COUNT(english); i++) {
        struct text before = unicode_sort_key(en, arena, text_of(english[i - 1]));
        struct text after = unicode_sort_key(en, arena, text_of(english[i]));
        assert_true(text_compare(before, after) < 0);
    }
    struct unicode_language *ko = unicode_language_open("ko");
    assert_true(text_compare(unicode_sort_key(ko, arena, TEXT("하")),
                    unicode_sort_key(ko, arena, TEXT("A"))) < 0);
    char *name = arena_alloc(arena, 3000);
    memset(name, 'x', 3000);
    assert_true(unicode_sort_key(en, arena, (struct text){name, 3000}).length > 512);
    unicode_language_release(en);
    unicode_language_release(ko);
}

static void dates_are_written_as_the_language_does(void **state)
{
    struct arena *arena = *state;
    static const char *const dates[][4] = {
        {"en", "19 April 2022", "19 Apr 2022", "April 2022"},
        {"en-US", "April 19, 2022", "Apr 19, 2022", "April 2022"},
        {"ko", "2022년 4월 19일", "2022년 4월 19일", "2022년 4월"},
        {"de", "19. April 2022", "19. Apr. 2022", "April 2022"},
        {"ru", "19 апреля 2022\u202fг.", "19 апр. 2022\u202fг.", "апрель 2022\u202fг."},
        {"ja", "2022年4月19日", "2022年4月19日", "2022年4月"},
        {"es", "19 de abril de 2022", "19 abr 2022", "abril de 2022"},
        {"th", "19 เมษายน 2022", "19 เม.ย. 2022", "เมษายน 2022"},
        {"fa", "۱۹ آوریل ۲۰۲۲", "۱۹ آوریل ۲۰۲۲", "آوریل ۲۰۲۲"},
    };
    for (size_t i = 0; i < BASE_COUNT(dates); i++) {
        struct unicode_language *language = unicode_language_open(dates[i][0]);
        assert_non_null(language);
        for (int style = 0; style < 3; style++) {
            assert_text(unicode_date(language, arena, 2022, 4, 19, (enum unicode_date_style)style),
                dates[i][style + 1]);
        }
        unicode_language_release(language);
    }
}

/* Seconds since 1970 of a day and an hour, as if they were in UTC. */
static int64_t clock_at(int64_t day, int64_t hour)
{
    return (day * 24 + hour) * 3600;
}

static void zones_know_their_offsets(void **state)
{
    (void)state;
    enum { march_8_2026 = 20520, november_1_2026 = 20758, may_12_1987 = 6340 };
    struct arena arena;
    arena_init(&arena);
    const struct unicode_zone *seoul = unicode_zone_open(&arena, TEXT("Asia/Seoul"));
    const struct unicode_zone *new_york = unicode_zone_open(&arena, TEXT("America/New_York"));
    assert_null(unicode_zone_open(&arena, TEXT("Asia/Soul")));
    assert_null(unicode_zone_open(&arena, TEXT("GMT+9")));
    assert_null(unicode_zone_open(&arena, TEXT("")));
    assert_int_equal(unicode_zone_offset(seoul, 0), 540);
    assert_int_equal(unicode_zone_offset(seoul, clock_at(may_12_1987, 0)), 600);
    /* At 2:00 in the morning it is 3:00, or 1:00 again. */
    assert_int_equal(unicode_zone_offset(new_york, clock_at(march_8_2026, 7) - 1), -300);
    assert_int_equal(unicode_zone_offset(new_york, clock_at(march_8_2026, 7)), -240);
    assert_int_equal(unicode_zone_offset_of_clock(new_york, clock_at(march_8_2026, 1)), -300);
    assert_int_equal(unicode_zone_offset_of_clock(new_york, clock_at(march_8_2026, 3)), -240);
    assert_int_equal(unicode_zone_offset_of_clock(new_york, clock_at(november_1_2026, 0)), -240);
    assert_int_equal(unicode_zone_offset_of_clock(new_york, clock_at(november_1_2026, 1)), -240);
    assert_int_equal(unicode_zone_offset_of_clock(new_york, clock_at(november_1_2026, 2)), -300);
    arena_release(&arena);
}

static void plurals_follow_the_language(void **state)
{
    (void)state;
    struct unicode_language *en = unicode_language_open("en");
    struct unicode_language *ko = unicode_language_open("ko");
    struct unicode_language *ru = unicode_language_open("ru");
    assert_string_equal(unicode_plural(en, 1), "one");
    assert_string_equal(unicode_plural(en, 0), "other");
    assert_string_equal(unicode_plural(en, 1.5), "other");
    assert_string_equal(unicode_plural(ko, 1), "other");
    assert_string_equal(unicode_plural(ru, 3), "few");
    assert_string_equal(unicode_plural(ru, 11), "many");
    unicode_language_release(en);
    unicode_language_release(ko);
    unicode_language_release(ru);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_an_arena(check_finds_the_first_broken_byte),
        in_an_arena(nfc_composes_what_macos_takes_apart),
        in_an_arena(key_joins_spellings_of_one_name),
        in_an_arena(slug_keeps_letters_of_every_script),
        in_an_arena(ascii_slug_romanises),
        in_an_arena(ascii_slug_of_every_syllable_is_ascii),
        in_an_arena(slug_is_cut_at_a_code_point),
        in_an_arena(letter_case_uses_full_mappings),
        in_an_arena(points_have_properties),
        in_an_arena(width_counts_terminal_columns),
        in_an_arena(words_are_counted),
        in_an_arena(words_count_the_same_at_every_offset),
        in_an_arena(bands_ignore_accents_doubling_and_signs),
        in_an_arena(bands_stand_in_the_order_of_the_language),
        in_an_arena(only_well_formed_tags_open),
        in_an_arena(sort_keys_order_names),
        in_an_arena(dates_are_written_as_the_language_does),
        in_an_arena(plurals_follow_the_language),
        cmocka_unit_test(zones_know_their_offsets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
