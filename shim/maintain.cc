/* maintain.cc - checking and compacting databases
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cerrno>
#include <new>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "callback.h"
#include "guard.h"
#include "handle.h"

static_assert(XAP_DBCHECK_SHORT_TREE == Xapian::DBCHECK_SHORT_TREE, "flag");
static_assert(XAP_DBCHECK_FULL_TREE == Xapian::DBCHECK_FULL_TREE, "flag");
static_assert(XAP_DBCHECK_SHOW_FREELIST == Xapian::DBCHECK_SHOW_FREELIST, "flag");
static_assert(XAP_DBCHECK_SHOW_STATS == Xapian::DBCHECK_SHOW_STATS, "flag");
static_assert(XAP_DBCHECK_FIX == Xapian::DBCHECK_FIX, "flag");
static_assert(int{XAP_COMPACTOR_STANDARD} == int{Xapian::Compactor::STANDARD}, "flag");
static_assert(int{XAP_COMPACTOR_FULL} == int{Xapian::Compactor::FULL}, "flag");
static_assert(int{XAP_COMPACTOR_FULLER} == int{Xapian::Compactor::FULLER}, "flag");
static_assert(XAP_DBCOMPACT_NO_RENUMBER == Xapian::DBCOMPACT_NO_RENUMBER, "flag");
static_assert(XAP_DBCOMPACT_MULTIPASS == Xapian::DBCOMPACT_MULTIPASS, "flag");
static_assert(XAP_DBCOMPACT_SINGLE_FILE == Xapian::DBCOMPACT_SINGLE_FILE, "flag");

using namespace xap;

namespace
{

/* Checks what place is, a path or a descriptor. */
template <typename Place>
void
check(const Place &place, unsigned flags, size_t *errors, char **report)
{
    out<size_t> found(errors);
    out_allocated printed(report, nullptr);
    std::ostringstream stream;
    const size_t n = Xapian::Database::check(place, static_cast<int>(flags), &stream);
    if (!stream)
        throw std::bad_alloc(); /* streams swallow it */
    printed = stream.str();
    found = n;
}

/*
 * A descriptor that was taken, and is closed. Xapian gets a copy of its own, which
 * it closes as well, but not if it fails before it begins to write, or has no shard
 * to write: what it left is closed here.
 */
class descriptor
{
  public:
    explicit descriptor(int fd) : fd_(fd)
    {
    }

    descriptor(const descriptor &) = delete;
    void operator=(const descriptor &) = delete;

    ~descriptor()
    {
        if (given_ >= 0 && is_left())
            ::close(given_);
        if (fd_ >= 0)
            ::close(fd_);
    }

    int
    give()
    {
        given_ = ::fcntl(fd_, F_DUPFD_CLOEXEC, 0);
        if (given_ < 0)
            throw Xapian::DatabaseError("the descriptor cannot be used", errno);
        return given_;
    }

  private:
    /* Another thread may have another file by that number meanwhile. */
    bool
    is_left() const
    {
        struct stat mine, there;

        return ::fstat(fd_, &mine) == 0 && ::fstat(given_, &there) == 0 &&
               mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
    }

    int fd_, given_ = -1;
};

/*
 * While Xapian compacts it owns tables and descriptors by plain pointers and
 * numbers: what these functions report is kept until it has ended.
 */
class own_compactor : public Xapian::Compactor
{
  public:
    explicit own_compactor(const shared_callbacks<xap_compactor_functions> &c) : own_(c)
    {
    }

    void
    set_status(const std::string &table, const std::string &status) override
    {
        if (own_->functions.set_status == nullptr)
            return;
        deferred(true, [&] {
            call(own_->functions.set_status, own_->data, table.c_str(), status.c_str());
            return true;
        });
    }

    std::string
    resolve_duplicate_metadata(const std::string &key, size_t count,
                               const std::string values[]) override
    {
        if (own_->functions.resolve_duplicate_metadata == nullptr)
            return Compactor::resolve_duplicate_metadata(key, count, values);
        /* Xapian 1.4.22 hands over the key as its table has it */
        const std::string mark("\0\xc0", 2);
        const std::string plain =
            key.compare(0, mark.size(), mark) == 0 ? key.substr(mark.size()) : key;
        std::vector<const char *> pointers;
        std::vector<size_t> lengths;
        pointers.reserve(count);
        lengths.reserve(count);
        for (size_t i = 0; i < count; i++) {
            pointers.push_back(values[i].data());
            lengths.push_back(values[i].size());
        }
        return deferred(values[0], [&] {
            return call_for_bytes(own_->functions.resolve_duplicate_metadata, own_->data,
                                  plain.data(), plain.size(), pointers.data(), lengths.data(),
                                  count);
        });
    }

  private:
    shared_callbacks<xap_compactor_functions> own_;
};

} // namespace

xap_code
xap_database_check(const char *path, unsigned flags, size_t *errors, char **report,
                   xap_error *error) noexcept
{
    return guard(error, [&] {
        out<size_t> found(errors);
        out<char *> printed(report);
        check(text(path), flags, errors, report);
    });
}

xap_code
xap_database_check_fd(int fd, unsigned flags, size_t *errors, char **report,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out<size_t> found(errors);
        out<char *> printed(report);
        check(fd, flags, errors, report);
    });
}

xap_code
xap_database_compact(const xap_database *database, const char *output, unsigned flags,
                     int block_size, xap_error *error) noexcept
{
    return guard(error, [&] {
        /* compact() is not const in 1.4, though it changes nothing */
        Xapian::Database source(need(database).database);
        source.compact(text(output), flags, block_size);
    });
}

xap_code
xap_database_compact_fd(const xap_database *database, int fd, unsigned flags, int block_size,
                        xap_error *error) noexcept
{
    return guard(error, [&] {
        descriptor output(fd);
        Xapian::Database source(need(database).database);
        source.compact(output.give(), flags, block_size);
    });
}

xap_code
xap_compactor_new(const xap_compactor_functions *functions, void *data, xap_compactor **compactor,
                  xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_compactor> made(compactor);
        const auto own = share(need_functions(functions, "struct of compactor functions"), data);
        made.make(std::make_unique<own_compactor>(own));
        own->own();
    });
}

void
xap_compactor_free(xap_compactor *compactor) noexcept
{
    delete compactor;
}

xap_code
xap_compactor_set_status(xap_compactor *compactor, const char *table, const char *status,
                         xap_error *error) noexcept
{
    return guard(error, [&] { need(compactor).compactor->set_status(text(table), text(status)); });
}

xap_code
xap_compactor_resolve_duplicate_metadata(xap_compactor *compactor, const char *key,
                                         size_t key_length, const char *const *values,
                                         const size_t *lengths, size_t number, const char **value,
                                         size_t *value_length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(value, value_length);
        xap_compactor &c = need(compactor);
        const auto all = list_of_bytes(values, lengths, number);
        if (all.empty())
            throw Xapian::InvalidArgumentError("there is no value to choose");
        lent = c.metadata =
            c.compactor->resolve_duplicate_metadata(bytes(key, key_length), all.size(), all.data());
    });
}

xap_code
xap_database_compact_compactor(const xap_database *database, const char *output, unsigned flags,
                               int block_size, xap_compactor *compactor, xap_error *error) noexcept
{
    return guard(error, [&] {
        Xapian::Database source(need(database).database);
        const std::string path = text(output);
        Xapian::Compactor &c = *need(compactor).compactor;
        deferring([&] {
            source.compact(path, flags, block_size, c);
            return true;
        });
    });
}

xap_code
xap_database_compact_fd_compactor(const xap_database *database, int fd, unsigned flags,
                                  int block_size, xap_compactor *compactor,
                                  xap_error *error) noexcept
{
    return guard(error, [&] {
        descriptor output(fd);
        Xapian::Database source(need(database).database);
        Xapian::Compactor &c = *need(compactor).compactor;
        deferring([&] {
            source.compact(output.give(), flags, block_size, c);
            return true;
        });
    });
}
