/* handle.h - what is behind the handles of xapian-c.h
 *
 * A handle is the Xapian object, which counts its references itself, and the
 * bytes it has lent: one string for each function that lends, so that two
 * results never overwrite each other.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAP_HANDLE_H
#define XAP_HANDLE_H

#include <memory>
#include <string>
#include <utility>

#include <xapian.h>

#include "xapian-c-all.h"

namespace xap
{

/*
 * Objects that count their own references once they are told to (release()):
 * a handle and whatever of Xapian uses the object may go in any order.
 */
template <typename Object> using counted = Xapian::Internal::opt_intrusive_ptr<Object>;

/* Takes object. */
template <typename Object>
counted<Object>
count(Object *object)
{
    object->release();
    return counted<Object>(object);
}

/*
 * What an iterator stands on: whether it has been changed since, and what must
 * not go before the iterator. Both NULL where Xapian sees to it itself.
 */
struct basis {
    std::shared_ptr<const bool> changed;
    std::shared_ptr<const void> kept;
};

/*
 * Tells the iterators over something that lives in memory when it is changed, as
 * those of Xapian point into it. Costs nothing while there are none.
 */
class changes
{
  public:
    /* For an iterator that begins now, over what may go before it. */
    template <typename Object>
    basis
    watch(const Object &object)
    {
        if (changed_ == nullptr)
            changed_ = std::make_shared<bool>(false);
        return {changed_, std::make_shared<Object>(object)};
    }

    /* Before a change. */
    void
    note() noexcept
    {
        if (changed_ != nullptr)
            *changed_ = true;
        changed_.reset();
    }

  private:
    std::shared_ptr<bool> changed_;
};

/* Of a document; shared by the handles that are known to have the same one. */
struct document_changes {
    changes terms, values;
};

template <typename Object, typename Kind, typename... Arguments>
counted<Object>
make_counted(Arguments &&...arguments)
{
    return count<Object>(new Kind(std::forward<Arguments>(arguments)...));
}

} // namespace xap

struct xap_stem {
    static constexpr const char *what = "stem";
    explicit xap_stem(const Xapian::Stem &s) : stem(s)
    {
    }

    Xapian::Stem stem;
    mutable std::string result, description;
};

struct xap_document {
    static constexpr const char *what = "document";
    xap_document() = default;
    explicit xap_document(const Xapian::Document &d,
                          const std::shared_ptr<xap::document_changes> &c = nullptr)
        : document(d), changes(c)
    {
    }

    /* Those of the document, from now on. */
    const std::shared_ptr<xap::document_changes> &
    watched() const
    {
        if (changes == nullptr)
            changes = std::make_shared<xap::document_changes>();
        return changes;
    }

    Xapian::Document document;
    mutable std::string value, data, serialised, description;
    mutable std::shared_ptr<xap::document_changes> changes; /* NULL until somebody asks */
};

struct xap_database {
    static constexpr const char *what = "database";
    xap_database() = default;
    explicit xap_database(const Xapian::Database &d) : database(d)
    {
    }

    /* For an iterator that begins now: databases on disk need nothing. */
    xap::basis
    watch() const
    {
        return in_memory ? changes.watch(database) : xap::basis();
    }

    Xapian::Database database;
    bool in_memory = false; /* and can be changed */
    mutable xap::changes changes;
    mutable std::string description, metadata, low, high, suggestion, uuid;
};

struct xap_writable_database {
    static constexpr const char *what = "writable database";
    explicit xap_writable_database(const Xapian::WritableDatabase &d, bool in_memory = false)
        : database(d), view(d)
    {
        view.in_memory = in_memory;
    }

    Xapian::WritableDatabase database;
    xap_database view; /* the same shards, for reading */
};

struct xap_term_iterator {
    static constexpr const char *what = "term iterator";
    explicit xap_term_iterator(const Xapian::TermIterator &i, const xap::basis &b = xap::basis())
        : basis(b), iterator(i), at_end(i == Xapian::TermIterator())
    {
    }

    xap::basis basis; /* goes after the iterator */
    Xapian::TermIterator iterator;
    bool at_end; /* kept, as it is asked three times for each entry */
    mutable std::string term, description;
};

struct xap_posting_iterator {
    static constexpr const char *what = "posting iterator";
    explicit xap_posting_iterator(const Xapian::PostingIterator &i,
                                  const xap::basis &b = xap::basis())
        : basis(b), iterator(i), at_end(i == Xapian::PostingIterator())
    {
    }

    xap::basis basis; /* goes after the iterator */
    Xapian::PostingIterator iterator;
    bool at_end; /* kept, as it is asked three times for each entry */
    mutable std::string description;
};

struct xap_position_iterator {
    static constexpr const char *what = "position iterator";
    explicit xap_position_iterator(const Xapian::PositionIterator &i,
                                   const xap::basis &b = xap::basis())
        : basis(b), iterator(i), at_end(i == Xapian::PositionIterator())
    {
    }

    xap::basis basis; /* goes after the iterator */
    Xapian::PositionIterator iterator;
    bool at_end; /* kept, as it is asked three times for each entry */
    mutable std::string description;
};

struct xap_value_iterator {
    static constexpr const char *what = "value iterator";
    explicit xap_value_iterator(const Xapian::ValueIterator &i, const xap::basis &b = xap::basis())
        : basis(b), iterator(i), at_end(i == Xapian::ValueIterator())
    {
    }

    xap::basis basis; /* goes after the iterator */
    Xapian::ValueIterator iterator;
    bool at_end; /* kept, as it is asked three times for each entry */
    mutable std::string value, description;
};

struct xap_query {
    static constexpr const char *what = "query";
    explicit xap_query(const Xapian::Query &q) : query(q)
    {
    }

    Xapian::Query query;
    mutable std::string serialised, description;
};

struct xap_weight {
    static constexpr const char *what = "weight";
    explicit xap_weight(std::unique_ptr<Xapian::Weight> w) : weight(std::move(w))
    {
    }

    std::unique_ptr<Xapian::Weight> weight;
    mutable std::string name, serialised;
};

struct xap_rset {
    static constexpr const char *what = "rset";

    Xapian::RSet rset;
    mutable std::string description;
};

struct xap_match_spy {
    static constexpr const char *what = "match spy";
    explicit xap_match_spy(const xap::counted<Xapian::MatchSpy> &s) : spy(s)
    {
    }

    xap::counted<Xapian::MatchSpy> spy;
    mutable std::string name, serialised, results, description;
};

struct xap_enquire {
    static constexpr const char *what = "enquire";
    explicit xap_enquire(const Xapian::Database &d) : enquire(d)
    {
    }

    Xapian::Enquire enquire;
    mutable std::string description;
};

struct xap_mset {
    static constexpr const char *what = "mset";
    explicit xap_mset(const Xapian::MSet &m) : mset(m)
    {
    }

    Xapian::MSet mset;
    mutable std::string collapse_key, sort_key, snippet, description, item_description;
};

namespace xap
{

/* The item of that index; RangeError if there is none. */
Xapian::MSetIterator item(const xap_mset &mset, xap_doccount index);

} // namespace xap

struct xap_eset {
    static constexpr const char *what = "eset";
    explicit xap_eset(const Xapian::ESet &e) : eset(e)
    {
    }

    Xapian::ESet eset;
    mutable std::string term, description, item_description;
};

struct xap_match_decider {
    static constexpr const char *what = "match decider";
    explicit xap_match_decider(std::unique_ptr<Xapian::MatchDecider> d) : decider(std::move(d))
    {
    }

    std::unique_ptr<Xapian::MatchDecider> decider;
};

struct xap_expand_decider {
    static constexpr const char *what = "expand decider";
    explicit xap_expand_decider(const xap::counted<Xapian::ExpandDecider> &d) : decider(d)
    {
    }

    xap::counted<Xapian::ExpandDecider> decider;
};

struct xap_key_maker {
    static constexpr const char *what = "key maker";
    explicit xap_key_maker(const xap::counted<Xapian::KeyMaker> &m) : maker(m)
    {
    }

    xap::counted<Xapian::KeyMaker> maker;
    mutable std::string key;
};

struct xap_posting_source {
    static constexpr const char *what = "posting source";
    explicit xap_posting_source(const xap::counted<Xapian::PostingSource> &s) : source(s)
    {
    }

    xap::counted<Xapian::PostingSource> source;
    /* Xapian's sources crash when they are asked too early */
    bool initialised = false, positioned = false;
    mutable std::string value, name, serialised, description;
};

struct xap_stopper {
    static constexpr const char *what = "stopper";
    explicit xap_stopper(const xap::counted<Xapian::Stopper> &s) : stopper(s)
    {
    }

    xap::counted<Xapian::Stopper> stopper;
    mutable std::string description;
};

struct xap_term_generator {
    static constexpr const char *what = "term generator";

    Xapian::TermGenerator generator;
    mutable std::string description;
    mutable std::shared_ptr<xap::document_changes> changes; /* of its document, or NULL */
};

struct xap_range_processor {
    static constexpr const char *what = "range processor";
    explicit xap_range_processor(const xap::counted<Xapian::RangeProcessor> &p) : processor(p)
    {
    }

    xap::counted<Xapian::RangeProcessor> processor;
};

struct xap_field_processor {
    static constexpr const char *what = "field processor";
    explicit xap_field_processor(const xap::counted<Xapian::FieldProcessor> &p) : processor(p)
    {
    }

    xap::counted<Xapian::FieldProcessor> processor;
};

struct xap_query_parser {
    static constexpr const char *what = "query parser";

    Xapian::QueryParser parser;
    mutable std::string corrected, description;
};

struct xap_utf8_iterator {
    static constexpr const char *what = "UTF-8 iterator";
    xap_utf8_iterator(const char *data, size_t length) : iterator(data, length)
    {
    }

    Xapian::Utf8Iterator iterator;
};

struct xap_lat_long_coords {
    static constexpr const char *what = "lat-long coords";
    xap_lat_long_coords() = default;
    explicit xap_lat_long_coords(const Xapian::LatLongCoord &coord) : coords(coord)
    {
    }

    Xapian::LatLongCoords coords;
    mutable std::string serialised, description;
};

struct xap_lat_long_metric {
    static constexpr const char *what = "lat-long metric";
    explicit xap_lat_long_metric(std::unique_ptr<Xapian::LatLongMetric> m) : metric(std::move(m))
    {
    }

    std::unique_ptr<Xapian::LatLongMetric> metric;
    mutable std::string name, serialised;
};

struct xap_registry {
    static constexpr const char *what = "registry";

    Xapian::Registry registry;
};

struct xap_compactor {
    static constexpr const char *what = "compactor";
    explicit xap_compactor(std::unique_ptr<Xapian::Compactor> c) : compactor(std::move(c))
    {
    }

    std::unique_ptr<Xapian::Compactor> compactor;
    std::string metadata;
};

#endif
