/* source-own.cc - posting sources of the caller's own
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

using functions_of_source = xap_posting_source_functions;

/*
 * clone, init and the term frequencies are asked for while Xapian builds a match,
 * which an exception must not leave (see weight-own.cc); the others later.
 *
 * A source that is not cloned is told by Xapian which match is to hear of its
 * maxweight, and never that the match is over: a maxweight set afterwards would be
 * written to where the match was. So we say it (call_ended).
 */
class own_posting_source : public Xapian::PostingSource, private deferral::guest
{
  public:
    own_posting_source(const shared_callbacks<functions_of_source> &c, const std::string &name)
        : own_(c), name_(name)
    {
    }

    Xapian::doccount
    get_termfreq_min() const override
    {
        return count_of(own_->functions.get_termfreq_min);
    }

    Xapian::doccount
    get_termfreq_est() const override
    {
        return count_of(own_->functions.get_termfreq_est);
    }

    Xapian::doccount
    get_termfreq_max() const override
    {
        return count_of(own_->functions.get_termfreq_max);
    }

    double
    get_weight() const override
    {
        return own_->functions.get_weight != nullptr ? ask_for<double>(own_->functions.get_weight)
                                                     : 0;
    }

    Xapian::docid
    get_docid() const override
    {
        const xap_docid docid = ask_for<xap_docid>(own_->functions.get_docid);
        /* databases use docid - 1 as an index */
        if (docid == 0)
            throw Xapian::InvalidArgumentError("get_docid of the posting source gave 0");
        return docid;
    }

    void
    next(double min_weight) override
    {
        started_ = true;
        xap_posting_source self(lent());
        call(own_->functions.next, own_->data, min_weight, &self);
    }

    void
    skip_to(Xapian::docid docid, double min_weight) override
    {
        if (own_->functions.skip_to != nullptr) {
            started_ = true;
            xap_posting_source self(lent());
            call(own_->functions.skip_to, own_->data, docid, min_weight, &self);
            return;
        }
        /* Xapian's own way asks for the docid before the first next */
        if (!started_)
            next(min_weight);
        while (!at_end() && get_docid() < docid)
            next(min_weight);
    }

    bool
    check(Xapian::docid docid, double min_weight) override
    {
        if (own_->functions.check == nullptr)
            return PostingSource::check(docid, min_weight);
        bool positioned = false;
        started_ = true;
        xap_posting_source self(lent());
        call(own_->functions.check, own_->data, docid, min_weight, &self, &positioned);
        return positioned;
    }

    bool
    at_end() const override
    {
        return ask_for<bool>(own_->functions.at_end);
    }

    /* not shared without a clone function: a source has a place where it is */
    PostingSource *
    clone() const override
    {
        return own_->functions.clone != nullptr ? new own_posting_source(cloned(own_), name_)
                                                : nullptr;
    }

    std::string
    name() const override
    {
        return name_;
    }

    std::string
    serialise() const override
    {
        return own_->functions.serialise != nullptr
                   ? call_for_bytes(own_->functions.serialise, own_->data)
                   : PostingSource::serialise();
    }

    PostingSource *
    unserialise(const std::string &serialised) const override
    {
        return new own_posting_source(unserialised(own_, serialised), name_);
    }

    void
    init(const Xapian::Database &database) override
    {
        const xap_database shard(database);
        xap_posting_source self(lent());
        const xap_database *const pointer = &shard;
        deferral *const match = deferral::current();
        if (match != nullptr && !match->invite(*this)) {
            register_matcher_(nullptr);
            deferred(true, []() -> bool {
                throw Xapian::InvalidOperationError(
                    "the posting source is in another match, and has no clone function");
            });
            return;
        }
        if (match != nullptr)
            during_match_ = lent();
        set_maxweight(0);
        started_ = false;
        deferred(true, [&] {
            call(own_->functions.init, own_->data, pointer, &self);
            return true;
        });
    }

    std::string
    get_description() const override
    {
        return own_->functions.get_description != nullptr
                   ? call_for_bytes(own_->functions.get_description, own_->data)
                   : PostingSource::get_description();
    }

  private:
    template <typename Answer, typename Function>
    Answer
    ask_for(Function *function) const
    {
        Answer answer = Answer();
        call(function, own_->data, &answer);
        return answer;
    }

    void
    call_ended() noexcept override
    {
        const counted<PostingSource> until_here(during_match_);
        during_match_ = counted<PostingSource>();
        register_matcher_(nullptr);
    }

    /* This, for one of its functions. */
    counted<PostingSource>
    lent()
    {
        return counted<PostingSource>(this);
    }

    template <typename Function>
    xap_doccount
    count_of(Function *function) const
    {
        return deferred(xap_doccount{0}, [&] { return ask_for<xap_doccount>(function); });
    }

    shared_callbacks<functions_of_source> own_;
    std::string name_;
    counted<PostingSource> during_match_; /* this, so that it is there when the match has ended */
    bool started_ = false;
};

} // namespace

xap_code
xap_posting_source_new(const xap_posting_source_functions *functions, void *data,
                       xap_posting_source **source, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(source);
        const auto &f = need_functions(functions, "struct of posting source functions");
        need_function(f.init, "init");
        need_function(f.get_termfreq_min, "get_termfreq_min");
        need_function(f.get_termfreq_est, "get_termfreq_est");
        need_function(f.get_termfreq_max, "get_termfreq_max");
        need_function(f.next, "next");
        need_function(f.at_end, "at_end");
        need_function(f.get_docid, "get_docid");
        const auto own = share(f, data);
        made.make(make_counted<Xapian::PostingSource, own_posting_source>(own, name_of(f.name)));
        own->own();
    });
}
