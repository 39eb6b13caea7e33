/* shim-loops.cc - the two loops of bench/shim, in C++
 *
 * usage: shim-loops DATABASE
 *
 * What shim-loops.c does, with the same results, but for making the database.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cstdio>
#include <ctime>
#include <string>

#include <xapian.h>

namespace
{

constexpr unsigned passes = 100, postings = 1000000, postings_of_one = 1000;

double
seconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

size_t
term_of(char *term, size_t size, unsigned n)
{
    return static_cast<size_t>(std::snprintf(term, size, "term%u", n * 2654435761u % 1000003));
}

size_t
read_terms(const char *path)
{
    const Xapian::Database database{std::string(path)};
    size_t bytes = 0;

    for (unsigned pass = 0; pass < passes; pass++) {
        for (Xapian::TermIterator i = database.allterms_begin(); i != database.allterms_end();
             ++i) {
            const std::string term = *i;
            bytes += term.size() + static_cast<unsigned char>(term[0]);
        }
    }
    return bytes;
}

size_t
add_postings()
{
    size_t terms = 0;

    for (unsigned n = 0; n < postings; n += postings_of_one) {
        Xapian::Document document;
        char term[32];

        for (unsigned i = 0; i < postings_of_one; i++)
            document.add_posting(std::string(term, term_of(term, sizeof term, i % 400)), i + 1, 1);
        terms += document.termlist_count();
    }
    return terms;
}

} // namespace

int
main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    try {
        double start = seconds();
        const size_t read = read_terms(argv[1]);
        std::printf("terms %.4f %zu\n", seconds() - start, read);
        start = seconds();
        const size_t added = add_postings();
        std::printf("postings %.4f %zu\n", seconds() - start, added);
    } catch (const Xapian::Error &e) {
        std::fprintf(stderr, "%s\n", e.get_description().c_str());
        return 1;
    }
    return 0;
}
