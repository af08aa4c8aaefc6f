/* Gives the bytes of each file named to a fuzz target: what was found once is tried at every test. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int main(int count, char **files)
{
    static uint8_t bytes[1 << 20]; /* longer than any input that a target takes */
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(files[i], "rb");
        if (!file) {
            perror(files[i]);
            return 1;
        }
        size_t length = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        /* in memory of its own size, so that a sanitizer sees a byte read too far */
        uint8_t *copy = malloc(length + !length);
        for (size_t at = 0; copy && at < length; at++)
            copy[at] = bytes[at];
        fprintf(stderr, "%s\n", files[i]); /* the last one told is the one that crashed */
        LLVMFuzzerTestOneInput(copy, length);
        free(copy);
    }
    return 0;
}
