#!/usr/bin/perl
# storm.t - random and hostile requests to search.cgi behind lighttpd: no 500, no crash, no growth
# SPDX-License-Identifier: GPL-2.0-or-later
#
# BROADSHEET_STORM says how many requests (1,000).
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Web;

skip_without(!under_valgrind(), 'servers start the programs themselves');
skip_without(have_lighttpd(), 'lighttpd is not installed (Debian: lighttpd)');

my $requests = $ENV{BROADSHEET_STORM} || (under_sanitizers() ? 300 : 1000);
my $db = index_corpus();
my %env = (BROADSHEET_DB => $db);
$env{$_} = $ENV{$_} for grep { defined $ENV{$_} } qw(ASAN_OPTIONS UBSAN_OPTIONS);
my $server = lighttpd('broadsheet.cgi' => cgi_program(), env => \%env);
ok($server, 'lighttpd starts') or BAIL_OUT('no server');

srand 20231013;
my @names = qw(index page n sort since until language section source author tags similar format id x);
my @words = qw(ferry Dandong forced the AND OR NOT title: since:2020 published:2023..2022 "the -ferry +harbour repat* * ( ) && ? 丹东 تمور é);
my @nasty = ('<script>alert(1)</script>', q{"' onload=alert(1) x='}, '../../../../etc/passwd', '`id`', '$(id)', ';id', "\0", "\r\nSet-Cookie: x=1", "\xff\xfe", "\xc0\x80",
    "\xe2\x80\xae", "\xef\xbb\xbf", '%', '%%', '%2', '-1', '0', '99999999999999999999', '1e9', 'json', 'html', 'newest', 'oldest', '2023-02-30', '2023', '9999', '(' x 70,
    '"' x 50, 'w* ' x 20, 'a ' x 300, 'x' x 5000, 'e' . "\xcc\x81" x 500, "\xe0\xb8\x81" x 1000, "\xe4\xb8\xb9" x 1000, "\xf0\x9f\x98\x80" x 300, 'f' x 32, '0' x 32);

sub pick { return $_[ rand @_ ] }
sub noise { return join '', map { chr int rand 256 } 1 .. 1 + int rand 60 }

sub value {
    my $kind = rand;
    return join ' ', map { pick(@words) } 1 .. 1 + int rand 6 if $kind < 0.4;
    return pick(@nasty) if $kind < 0.8;
    return pick(@nasty) . noise() . pick(@words) if $kind < 0.9;
    return noise();
}

# What is meant for a parameter, and what is not.
my %meant = (
    index => [''], page => [1 .. 4], n => [1 .. 20, 100], sort => [qw(relevance newest oldest)], since => ['2000', '2020-02', '13 October 2023'],
    until => ['2024', '2023-12-31'], language => [qw(en fr zh ar)], format => [qw(html json json)], id => [''], section => [qw(News Sport)], source => ['Gazette'], author => ['Mina Castell'], tags => ['border'], similar => [''], x => ['y'],
);
sub value_of { my ($name) = @_; return rand() < 0.25 ? value() : $meant{$name} ? pick(@{ $meant{$name} }) : join ' ', map { pick(@words) } 1 .. 1 + int rand 6 }

sub target {
    return '/search?' . noise() =~ s/[\x00-\x20\x7f#]/%/gr if rand() < 0.05;
    return '/search' . pick('/', '/x', '//', '%00', '/..%2f') . '?q=ferry' if rand() < 0.03;
    return '/search?' . join pick(('&') x 15, '&&', ';'),
        map { my $v = value_of($_); "$_=" . (rand() < 0.9 ? encode_param($v) : $v =~ s/[\x00-\x20\x7f#]/+/gr) } 'q', map { pick(@names) } 1 .. int rand 4;
}

# Memory of the server, in kB, and how many of its folder's descriptors are open.
sub resident { my ($kb) = slurp("/proc/$server->{pid}/status") =~ /^VmRSS:\s+(\d+)/m; return $kb }
sub descriptors { my @all = glob "/proc/$server->{pid}/fd/*"; return scalar @all }

my (%seen, @wrong, $slowest);
$slowest = 0;
my ($memory, $open);
for my $n (1 .. $requests) {
    my $method = rand() < 0.9 ? 'GET' : pick(qw(HEAD POST PUT OPTIONS));
    my %options = (method => $method);
    $options{body} = 'x' x int rand 2000 if $method eq 'POST' || $method eq 'PUT';
    $options{headers} = [ pick('Cookie: q=<script>', 'Proxy: x', 'X-Y: ' . 'z' x 3000, 'Accept: */*') ] if rand() < 0.2;
    my $path  = target();
    my $start = Time::HiRes::time();
    my $a     = http($server, $path, \%options);
    my $took  = Time::HiRes::time() - $start;
    $slowest  = $took if $took > $slowest;
    $seen{ $a->{status} }++;
    my $unsafe = ($a->{headers}{'content-type'} // '') =~ m{text/html; charset} ? page_is_safe($a) : '';
    push @wrong, substr("$method $path: $a->{status} $unsafe", 0, 300)
        if $a->{status} !~ /^(?:200|400|403|404|405|411|413|414|431|501)$/ || $unsafe || exists $a->{headers}{'set-cookie'};
    ($memory, $open) = (resident(), descriptors()) if $n == int($requests / 5);
}
note(join ', ', map { "$seen{$_} times $_" } sort keys %seen);
note(sprintf 'the slowest took %.2f s', $slowest);
is_deeply([ @wrong[ 0 .. ($#wrong > 9 ? 9 : $#wrong) ] ], [], "$requests random and hostile requests: each is answered, none with 500");
cmp_ok($seen{200} // 0, '>', $requests / 5, 'many found something');
cmp_ok($slowest, '<', patience(15), 'none took long');
cmp_ok(resident(), '<', $memory + 4096, "the server has not grown ($memory kB, then " . resident() . ' kB)');
# A connection that was just closed may take the server a moment.
for (1 .. 50) { last if descriptors() <= $open + 2; select undef, undef, undef, 0.1 }
cmp_ok(descriptors(), '<=', $open + 2, 'and has let go of its files');
is(http($server, '/search?q=ferry')->{status}, 200, 'and answers still');
my $errors = server_errors($server);
unlike($errors, qr/AddressSanitizer|runtime error|LeakSanitizer|search\.cgi: |signal/i, 'no program crashed, or had anything to report') or diag(substr $errors, 0, 3000);

done_testing();
