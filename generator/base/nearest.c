/*
 * "Did you mean": the distance between two words, and the nearest of many.
 *
 * The distance is the optimal string alignment one (insert, drop, change, swap two neighbours),
 * over code points; three rows of its table are enough. Names longer than 64 code points are
 * nobody's slip of the finger, and are told apart by equality only.
 */
#include "base/base.h"

enum { longest = 64 };

static size_t points_of(struct text text, uint32_t *points)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t point = text_next_point(text, &at);
        if (count == longest)
            return longest + 1;
        points[count++] = point >= 'A' && point <= 'Z' ? point + 32 : point;
    }
    return count;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t table_distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t rows[3][longest + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_count; j++)
        last[j] = j, before[j] = 0;
    for (size_t i = 1; i <= a_count; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last, last = row, row = oldest;
    }
    return last[b_count];
}

size_t text_distance(struct text a, struct text b, size_t limit)
{
    uint32_t a_points[longest + 1], b_points[longest + 1];
    size_t a_count = points_of(a, a_points), b_count = points_of(b, b_points);
    if (a_count > longest || b_count > longest)
        return text_equal(a, b) ? 0 : limit + 1;
    size_t gap = a_count > b_count ? a_count - b_count : b_count - a_count;
    if (gap > limit)
        return limit + 1;
    return least(table_distance(a_points, a_count, b_points, b_count), limit + 1);
}

struct text text_nearest(struct text wrong, const struct text *candidates, size_t count)
{
    size_t length = text_count_points(wrong);
    size_t best = length < 3 ? 1 : length / 3;
    struct text nearest = TEXT_NONE;
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(wrong, candidates[i], best);
        if (distance < best || (distance == best && !nearest.at)) {
            nearest = candidates[i];
            best = distance;
        }
    }
    return nearest;
}
