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
#include <vector>

#include <xapian.h>

#include "xapian-c-write.h"

struct xap_stem {
    static constexpr const char *what = "stem";
    explicit xap_stem(const std::string &language) : stem(language)
    {
    }

    Xapian::Stem stem;
    mutable std::string result, description;
};

struct xap_document {
    static constexpr const char *what = "document";
    xap_document() = default;
    explicit xap_document(const Xapian::Document &d) : document(d)
    {
    }

    Xapian::Document document;
    mutable std::string value, data, serialised, description;
};

struct xap_database {
    static constexpr const char *what = "database";
    xap_database() = default;
    explicit xap_database(const Xapian::Database &d) : database(d)
    {
    }

    Xapian::Database database;
    mutable std::string description, metadata, low, high, suggestion, uuid;
};

struct xap_writable_database {
    static constexpr const char *what = "writable database";
    explicit xap_writable_database(const Xapian::WritableDatabase &d) : database(d), view(d)
    {
    }

    Xapian::WritableDatabase database;
    xap_database view; /* the same shards, for reading */
};

struct xap_term_iterator {
    static constexpr const char *what = "term iterator";
    explicit xap_term_iterator(const Xapian::TermIterator &i) : iterator(i)
    {
    }

    Xapian::TermIterator iterator;
    mutable std::string term;
};

struct xap_posting_iterator {
    static constexpr const char *what = "posting iterator";
    explicit xap_posting_iterator(const Xapian::PostingIterator &i) : iterator(i)
    {
    }

    Xapian::PostingIterator iterator;
};

struct xap_position_iterator {
    static constexpr const char *what = "position iterator";
    explicit xap_position_iterator(const Xapian::PositionIterator &i) : iterator(i)
    {
    }

    Xapian::PositionIterator iterator;
};

struct xap_value_iterator {
    static constexpr const char *what = "value iterator";
    explicit xap_value_iterator(const Xapian::ValueIterator &i) : iterator(i)
    {
    }

    Xapian::ValueIterator iterator;
    mutable std::string value;
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
    mutable std::string name;
};

struct xap_rset {
    static constexpr const char *what = "rset";

    Xapian::RSet rset;
};

struct xap_value_count_match_spy {
    static constexpr const char *what = "value count match spy";
    explicit xap_value_count_match_spy(xap_valueno slot)
        : spy(std::make_shared<Xapian::ValueCountMatchSpy>(slot))
    {
    }

    std::shared_ptr<Xapian::ValueCountMatchSpy> spy;
};

struct xap_enquire {
    static constexpr const char *what = "enquire";
    explicit xap_enquire(const Xapian::Database &d) : enquire(d)
    {
    }

    /* enquire has plain pointers to these: they must go after it */
    std::vector<std::shared_ptr<Xapian::MatchSpy>> spies;
    Xapian::Enquire enquire;
    mutable std::string description;
};

struct xap_mset {
    static constexpr const char *what = "mset";
    explicit xap_mset(const Xapian::MSet &m) : mset(m)
    {
    }

    Xapian::MSet mset;
    mutable std::string collapse_key, sort_key, description;
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
    mutable std::string term;
};

#endif
