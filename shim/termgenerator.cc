/* termgenerator.cc - from text to terms
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using Xapian::TermGenerator;

static_assert(int{XAP_TERM_GENERATOR_FLAG_SPELLING} == int{TermGenerator::FLAG_SPELLING}, "flag");
static_assert(int{XAP_TERM_GENERATOR_FLAG_CJK_NGRAM} == int{TermGenerator::FLAG_CJK_NGRAM}, "flag");
static_assert(int{XAP_TERM_GENERATOR_STEM_NONE} == int{TermGenerator::STEM_NONE}, "strategy");
static_assert(int{XAP_TERM_GENERATOR_STEM_SOME} == int{TermGenerator::STEM_SOME}, "strategy");
static_assert(int{XAP_TERM_GENERATOR_STEM_ALL} == int{TermGenerator::STEM_ALL}, "strategy");
static_assert(int{XAP_TERM_GENERATOR_STEM_ALL_Z} == int{TermGenerator::STEM_ALL_Z}, "strategy");
static_assert(int{XAP_TERM_GENERATOR_STEM_SOME_FULL_POS} == int{TermGenerator::STEM_SOME_FULL_POS},
              "strategy");
static_assert(int{XAP_TERM_GENERATOR_STOP_NONE} == int{TermGenerator::STOP_NONE}, "strategy");
static_assert(int{XAP_TERM_GENERATOR_STOP_ALL} == int{TermGenerator::STOP_ALL}, "strategy");
static_assert(int{XAP_TERM_GENERATOR_STOP_STEMMED} == int{TermGenerator::STOP_STEMMED}, "strategy");

using namespace xap;

namespace
{

/* The text, without a copy of it. */
Xapian::Utf8Iterator
characters(const char *text, size_t length)
{
    check_length(text, length);
    return Xapian::Utf8Iterator(text, length);
}

/* The generator, which is about to change its document. */
TermGenerator &
changing(xap_term_generator *generator)
{
    xap_term_generator &g = need(generator);
    if (g.changes != nullptr)
        g.changes->terms.note();
    return g.generator;
}

} // namespace

xap_code
xap_term_generator_new(xap_term_generator **generator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_generator> made(generator);
        made.make();
    });
}

void
xap_term_generator_free(xap_term_generator *generator) noexcept
{
    delete generator;
}

xap_code
xap_term_generator_set_stemmer(xap_term_generator *generator, const xap_stem *stem,
                               xap_error *error) noexcept
{
    return guard(error, [&] {
        need(generator).generator.set_stemmer(stem != nullptr ? stem->stem : Xapian::Stem());
    });
}

xap_code
xap_term_generator_set_stopper(xap_term_generator *generator, const xap_stopper *stopper,
                               xap_error *error) noexcept
{
    return guard(error, [&] {
        need(generator).generator.set_stopper(stopper != nullptr ? stopper->stopper.get()
                                                                 : nullptr);
    });
}

xap_code
xap_term_generator_set_document(xap_term_generator *generator, const xap_document *document,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        xap_term_generator &g = need(generator);
        const xap_document &d = need(document);
        const auto &changes = d.watched();
        g.generator.set_document(d.document);
        g.changes = changes;
    });
}

xap_code
xap_term_generator_get_document(const xap_term_generator *generator, xap_document **document,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_document> made(document);
        const xap_term_generator &g = need(generator);
        if (g.changes == nullptr)
            g.changes = std::make_shared<document_changes>();
        made.make(g.generator.get_document(), g.changes);
    });
}

xap_code
xap_term_generator_set_database(xap_term_generator *generator,
                                const xap_writable_database *database, xap_error *error) noexcept
{
    return guard(error, [&] { need(generator).generator.set_database(need(database).database); });
}

xap_code
xap_term_generator_set_flags(xap_term_generator *generator, int toggle, int mask, int *old,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out<int> before(old);
        before = need(generator).generator.set_flags(toggle, mask);
    });
}

xap_code
xap_term_generator_set_stemming_strategy(xap_term_generator *generator,
                                         xap_term_generator_stem_strategy strategy,
                                         xap_error *error) noexcept
{
    return guard(error, [&] {
        TermGenerator &g = need(generator).generator;
        const auto known =
            between(strategy, XAP_TERM_GENERATOR_STEM_NONE, XAP_TERM_GENERATOR_STEM_SOME_FULL_POS,
                    "no such stemming strategy");
        g.set_stemming_strategy(static_cast<TermGenerator::stem_strategy>(known));
    });
}

xap_code
xap_term_generator_set_stopper_strategy(xap_term_generator *generator,
                                        xap_term_generator_stop_strategy strategy,
                                        xap_error *error) noexcept
{
    return guard(error, [&] {
        TermGenerator &g = need(generator).generator;
        const auto known = between(strategy, XAP_TERM_GENERATOR_STOP_NONE,
                                   XAP_TERM_GENERATOR_STOP_STEMMED, "no such stopper strategy");
        g.set_stopper_strategy(static_cast<TermGenerator::stop_strategy>(known));
    });
}

xap_code
xap_term_generator_set_max_word_length(xap_term_generator *generator, unsigned length,
                                       xap_error *error) noexcept
{
    return guard(error, [&] { need(generator).generator.set_max_word_length(length); });
}

xap_code
xap_term_generator_index_text(xap_term_generator *generator, const char *text, size_t text_length,
                              xap_termcount wdf_inc, const char *prefix, size_t prefix_length,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        changing(generator).index_text(characters(text, text_length), wdf_inc,
                                       bytes(prefix, prefix_length));
    });
}

xap_code
xap_term_generator_index_text_without_positions(xap_term_generator *generator, const char *text,
                                                size_t text_length, xap_termcount wdf_inc,
                                                const char *prefix, size_t prefix_length,
                                                xap_error *error) noexcept
{
    return guard(error, [&] {
        changing(generator).index_text_without_positions(characters(text, text_length), wdf_inc,
                                                         bytes(prefix, prefix_length));
    });
}

xap_code
xap_term_generator_index_text_iterator(xap_term_generator *generator, const xap_utf8_iterator *text,
                                       xap_termcount wdf_inc, const char *prefix,
                                       size_t prefix_length, xap_error *error) noexcept
{
    return guard(error, [&] {
        changing(generator).index_text(need(text).iterator, wdf_inc, bytes(prefix, prefix_length));
    });
}

xap_code
xap_term_generator_index_text_without_positions_iterator(xap_term_generator *generator,
                                                         const xap_utf8_iterator *text,
                                                         xap_termcount wdf_inc, const char *prefix,
                                                         size_t prefix_length,
                                                         xap_error *error) noexcept
{
    return guard(error, [&] {
        changing(generator).index_text_without_positions(need(text).iterator, wdf_inc,
                                                         bytes(prefix, prefix_length));
    });
}

xap_code
xap_term_generator_increase_termpos(xap_term_generator *generator, xap_termpos delta,
                                    xap_error *error) noexcept
{
    return guard(error, [&] { need(generator).generator.increase_termpos(delta); });
}

xap_termpos
xap_term_generator_get_termpos(const xap_term_generator *generator) noexcept
{
    return ask<xap_termpos>(0, [&] { return need(generator).generator.get_termpos(); });
}

xap_code
xap_term_generator_set_termpos(xap_term_generator *generator, xap_termpos position,
                               xap_error *error) noexcept
{
    return guard(error, [&] { need(generator).generator.set_termpos(position); });
}

xap_code
xap_term_generator_get_description(const xap_term_generator *generator, const char **description,
                                   size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_term_generator &g = need(generator);
        lent = g.description = g.generator.get_description();
    });
}
