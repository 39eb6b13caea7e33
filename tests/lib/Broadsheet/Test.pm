# Broadsheet::Test - run the programs of the build tree, and look at exactly what they say
#
#   use FindBin;
#   use lib "$FindBin::Bin/../lib";
#   use Broadsheet::Test;
#
#   my $db = temp_dir() . '/db';
#   my $r  = indexer('--db', $db, corpus('articles'));
#   is($r->{status}, 0, 'indexing the corpus succeeds');
#   $r = searcher({ stdin => "Dandong\n" }, '--db', $db, '-');
#   like($r->{stdout}, qr/^1 /m, 'a query is read from stdin');
#   done_testing();
#
# It brings strict, warnings and Test::More along. Everything is bytes: decode what is to be compared as characters.
# The programs run without a shell, in an environment of their own: an empty HOME, no XDG_* and no BROADSHEET_*
# variables, LC_ALL=C.UTF-8, TZ=UTC.
#
# SPDX-License-Identifier: GPL-2.0-or-later
package Broadsheet::Test;

use strict;
use warnings;

use Cwd ();
use Errno qw(EAGAIN EINTR EPIPE);
use Exporter ();
use Fcntl qw(F_GETFD F_SETFD FD_CLOEXEC);
use File::Basename ();
use File::Find     ();
use File::Path     ();
use File::Spec     ();
use File::Temp     ();
use IO::Select     ();
use POSIX          ();
use Test::More     ();
use Time::HiRes    ();

our @ISA    = ('Exporter');
our @EXPORT = qw(
    run start finish indexer searcher program
    top_srcdir top_builddir corpus fixture
    temp_dir slurp spew tree_files generation
    index_corpus runs_ok patience under_valgrind under_sanitizers skip_without
);

sub import {
    my $class = shift;
    strict->import;
    warnings->import;
    my $caller = caller;
    eval "package $caller; Test::More->import; 1" or die $@;
    $class->export_to_level(1, $class, @_);
    return;
}

# ---------------------------------------------------------------------------------------------------- places

my $here = File::Basename::dirname(Cwd::abs_path(__FILE__));

# The folder of the sources, and that of the build. `make check` says where they are; by hand it is this tree.
sub top_srcdir   { return Cwd::abs_path($ENV{top_srcdir} || "$here/../../..") }
sub top_builddir { return Cwd::abs_path($ENV{top_builddir} || $ENV{top_srcdir} || "$here/../../..") }

# Files of corpus/ and tests/fixtures/.
sub corpus  { return join '/', top_srcdir(), 'corpus',         @_ }
sub fixture { return join '/', top_srcdir(), 'tests/fixtures', @_ }

# The executable of a name: program('indexer'). $INDEXER, $SEARCHER and so on take another one.
my %place = (indexer => 'indexer/indexer', searcher => 'searcher/searcher', 'search.cgi' => 'searcher/search.cgi');

sub program {
    my ($name) = @_;
    (my $variable = uc $name) =~ tr/A-Z0-9/_/c;
    my $path = $ENV{$variable} || top_builddir() . '/' . ($place{$name} || $name);
    Test::More::BAIL_OUT("$path is not there: run make first") if !-x $path;
    return $path;
}

# A new, empty folder, removed when the test ends (kept where KEEP is set in the environment).
sub temp_dir {
    my $dir = File::Temp::tempdir('broadsheet-XXXXXX', TMPDIR => 1, CLEANUP => !$ENV{KEEP});
    Test::More::diag("kept: $dir") if $ENV{KEEP};
    return $dir;
}

# The folder of the generation that readers of an index see.
sub generation {
    my ($db) = @_;
    return slurp("$db/XAPIANDB") =~ /^glass (gen-\d+)$/m ? "$db/$1" : die "$db: no generation";
}

sub slurp {
    my ($path) = @_;
    open my $fh, '<:raw', $path or die "$path: $!";
    local $/;
    my $bytes = <$fh>;
    close $fh or die "$path: $!";
    return $bytes // '';
}

# Writes a file, and the folders above it. Returns its path.
sub spew {
    my ($path, @bytes) = @_;
    File::Path::make_path(File::Basename::dirname($path));
    open my $fh, '>:raw', $path or die "$path: $!";
    print {$fh} @bytes or die "$path: $!";
    close $fh or die "$path: $!";
    return $path;
}

# { path under DIR => bytes } of all files there: for "nothing was written".
sub tree_files {
    my ($dir) = @_;
    my %files;
    File::Find::find({ no_chdir => 1, wanted => sub {
        $files{ File::Spec->abs2rel($_, $dir) } = slurp($_) if -f $_ && !-l $_;
    } }, $dir);
    return \%files;
}

# ---------------------------------------------------------------------------------------------------- circumstances

sub under_valgrind   { return !!$ENV{BROADSHEET_VALGRIND} }
sub under_sanitizers { return !!$ENV{BROADSHEET_SANITIZED} }

# So many seconds, or more of them where everything runs slower.
sub patience { return $_[0] * ($ENV{BROADSHEET_SLOW} || 1) }

# The whole test is skipped, saying why, unless CONDITION holds.
sub skip_without {
    my ($condition, $why) = @_;
    Test::More::plan(skip_all => $why) if !$condition;
    return;
}

# ---------------------------------------------------------------------------------------------------- running

# run(PROGRAM, ARGUMENT..., {OPTIONS}) runs a program to its end and returns
#   { status => exit status or undef, signal => number or 0, timed_out => bool,
#     stdout => bytes, stderr => bytes, seconds => wall time, command => for messages }
# Options, as a hash anywhere among the arguments:
#   stdin => bytes          what it reads (default: nothing, at once at its end)
#   env => { NAME => VALUE }  set (undef: unset) on top of the clean environment
#   dir => path             where it runs
#   timeout => seconds      60 by default (times BROADSHEET_SLOW); then it is killed with all its children
#   stdout => path          a file (/dev/full) instead of the bytes
#   stdout_close => n       close the reading end of stdout after n bytes (SIGPIPE)
#   umask => mode, before => sub { ... }   in the child, before it runs
sub run { return finish(start(@_)) }

sub indexer  { return run(program('indexer'),  @_) }
sub searcher { return run(program('searcher'), @_) }

my $home;

sub _environment {
    my ($changes) = @_;
    $home //= temp_dir();
    my %env = %ENV;
    delete @env{ grep { /^(?:XDG_|BROADSHEET_|LC_|LANG$|LANGUAGE$|NO_COLOR$|XAPIAN_|MAKE)/ } keys %env };
    @env{qw(HOME LC_ALL TZ)} = ($home, 'C.UTF-8', 'UTC');
    while (my ($name, $value) = each %{ $changes || {} }) {
        if (defined $value) { $env{$name} = $value }
        else                { delete $env{$name} }
    }
    return \%env;
}

# start(...) takes what run() takes and returns at once; finish(IT) waits and returns the result. Between the two its
# process is $it->{pid}.
sub start {
    my %options = map { %$_ } grep { ref } @_;
    my ($program, @arguments) = grep { !ref } @_;
    my @command = ($program, @arguments);

    # Only our own programs are worth valgrind's time.
    my $builddir = top_builddir();
    unshift @command, split ' ', $ENV{BROADSHEET_VALGRIND}
        if under_valgrind() && $program =~ m{^\Q$builddir\E/(?:indexer|searcher)/};

    my $input = $options{stdin} // '';
    die 'run: characters on stdin; encode them' if $input =~ /[^\x00-\xff]/;
    pipe my $in_read,  my $in_write  or die "pipe: $!";
    pipe my $out_read, my $out_write or die "pipe: $!";
    pipe my $err_read, my $err_write or die "pipe: $!";
    pipe my $failed_read, my $failed_write or die "pipe: $!";
    fcntl $failed_write, F_SETFD, FD_CLOEXEC or die "fcntl: $!";

    my $env = _environment($options{env});
    my $pid = fork // die "fork: $!";
    if ($pid == 0) {
        my $ok = eval {
            POSIX::setpgid(0, 0);
            $SIG{$_} = 'DEFAULT' for qw(PIPE INT HUP TERM);    # a test that runs in the background has SIGINT ignored
            POSIX::dup2(fileno $in_read, 0) // die "dup2: $!\n";
            if (defined $options{stdout}) {
                my $fd = POSIX::open($options{stdout}, POSIX::O_WRONLY() | POSIX::O_CREAT() | POSIX::O_TRUNC(), 0666)
                    // die "$options{stdout}: $!\n";
                POSIX::dup2($fd, 1);
            }
            else {
                POSIX::dup2(fileno $out_write, 1) // die "dup2: $!\n";
            }
            POSIX::dup2(fileno $err_write, 2) // die "dup2: $!\n";
            chdir $options{dir} or die "$options{dir}: $!\n" if defined $options{dir};
            umask $options{umask} if defined $options{umask};
            $options{before}->() if $options{before};
            %ENV = %$env;
            no warnings 'exec';
            exec { $command[0] } @command or die "$command[0]: $!\n";
        };
        syswrite $failed_write, $@ || 'cannot run';
        POSIX::_exit(127);
    }
    close $_ for $in_read, $out_write, $err_write, $failed_write;
    my $problem = do { local $/; <$failed_read> };
    if (length($problem // '')) {
        waitpid $pid, 0;
        chomp $problem;
        die "run: $problem";
    }
    POSIX::setpgid($pid, $pid);
    $_->blocking(0) for $in_write, $out_read, $err_read;
    return {
        pid     => $pid,       command => join(' ', @command), options => \%options, input => $input,
        in      => $in_write,  out     => $out_read,           err     => $err_read, start => Time::HiRes::time(),
        timeout => patience($options{timeout} || 60),
    };
}

sub finish {
    my ($it) = @_;
    my %bytes   = (out => '', err => '');
    my $reading = IO::Select->new($it->{out}, $it->{err});
    my $writing = IO::Select->new;
    my $timed_out;
    local $SIG{PIPE} = 'IGNORE';
    if (length $it->{input}) { $writing->add($it->{in}) }
    else                     { close $it->{in} }

    while ($reading->count || $writing->count) {
        my $left = $it->{start} + $it->{timeout} - Time::HiRes::time();
        if ($left <= 0) {
            $timed_out = 1;
            last;
        }
        my ($readable, $writable) = IO::Select->select($reading, $writing, undef, $left);
        for my $fh (@{ $readable || [] }) {
            my $which = $fh == $it->{out} ? 'out' : 'err';
            my $n     = sysread $fh, $bytes{$which}, 65536, length $bytes{$which};
            next if !defined $n && ($! == EAGAIN || $! == EINTR);
            my $close = $which eq 'out' ? $it->{options}{stdout_close} : undef;
            if (!$n || defined $close && length $bytes{out} >= $close) {
                $reading->remove($fh);
                close $fh;
            }
        }
        for my $fh (@{ $writable || [] }) {
            my $n = syswrite $fh, $it->{input}, 65536;
            next if !defined $n && ($! == EAGAIN || $! == EINTR);
            substr $it->{input}, 0, $n, '' if $n;
            if (!defined $n || !length $it->{input}) {
                $writing->remove($fh);
                close $fh;
            }
        }
    }
    # Both pipes may end before the program does.
    my $waited;
    while (!$timed_out && !($waited = waitpid $it->{pid}, POSIX::WNOHANG())) {
        $timed_out = Time::HiRes::time() > $it->{start} + $it->{timeout};
        Time::HiRes::sleep(0.002);
    }
    if ($timed_out) {
        kill 'KILL', -$it->{pid};
        kill 'KILL', $it->{pid};
        $waited = waitpid $it->{pid}, 0;
    }
    die "run: $it->{command} got lost" if $waited != $it->{pid};
    my $wait = $?;
    my $result = {
        command   => $it->{command},
        status    => ($wait & 127) ? undef : $wait >> 8,
        signal    => $wait & 127,
        timed_out => !!$timed_out,
        stdout    => $bytes{out},
        stderr    => $bytes{err},
        seconds   => Time::HiRes::time() - $it->{start},
    };
    Test::More::diag("took too long, killed: $it->{command}") if $timed_out;
    # A finding of a sanitizer or of valgrind fails the test, whatever status it expects.
    if ($result->{stderr} =~ /^(?:==\d+==|.*: runtime error: )/m) {
        Test::More::fail('no memory errors');
        Test::More::diag("$it->{command}\n$result->{stderr}");
    }
    return $result;
}

# runs_ok(RESULT, TITLE) passes where the program ended with 0; else it shows all.
sub runs_ok {
    my ($r, $title) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $ok = Test::More::ok(defined $r->{status} && $r->{status} == 0, $title);
    Test::More::diag(sprintf "%s\nstatus %s, signal %d\nstdout: %s\nstderr: %s",
        $r->{command}, $r->{status} // '-', $r->{signal}, $r->{stdout}, $r->{stderr}) if !$ok;
    return $ok;
}

# A new index of the demonstration corpus, made once a process. Read it; do not change it.
my $corpus_index;

sub index_corpus {
    if (!$corpus_index) {
        my $db = temp_dir() . '/db';
        my $r  = indexer('--exclude=broken', '--db', $db, corpus());
        Test::More::BAIL_OUT("cannot index the corpus: $r->{stderr}") if !defined $r->{status} || $r->{status} != 0;
        $corpus_index = $db;
    }
    return $corpus_index;
}

1;
