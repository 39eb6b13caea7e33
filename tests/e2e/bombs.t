#!/usr/bin/perl
# bombs.t - queries made to cost, and damaged indexes: each is answered or refused, soon, and never with a crash
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use JSON::PP;

# ---- an index with many words ----

my $articles = under_valgrind() ? 300 : 3000;
my $db       = temp_dir() . '/db';
my $lines    = '';
for my $n (1 .. $articles) {
    # w00001 and so on are in one article each, common ones in all
    my @words = map { sprintf 'w%05d', ($n - 1) * 17 + $_ } 1 .. 17;
    $lines .= encode_json({
        id => "$n", title => "Article $n the same", body => "a b c the same common words in all of them: @words. 丹东口岸 a a a b.",
        language => $n % 3 ? 'en' : 'fr', published => sprintf('%d-%02d', 1950 + $n % 70, 1 + $n % 12),
    }) . "\n";
}
spew("$db.jsonl", $lines);
runs_ok(indexer('-q', '--db', $db, "$db.jsonl"), "$articles articles with 17 words of their own each are indexed");

# The query, on standard input, ends with that status, in less than two seconds of processor time, and says so.
sub bomb {
    my ($title, $query, $status, $says, @options) = @_;
    my (undef, undef, @before) = times;
    my $r = searcher({ stdin => $query, timeout => 60 }, '--db', $db, @options, '-');
    my (undef, undef, @after) = times;
    my $seconds = $after[0] + $after[1] - $before[0] - $before[1];
    my $ok = is($r->{status}, $status, "$title: ends with $status");
    diag("signal $r->{signal}: $r->{stderr}") if !$ok;
    cmp_ok($seconds, '<', patience(2), "$title: takes less than two seconds") or diag($seconds);
    like($r->{stderr}, $says, "$title: says so") if $says;
    return $r;
}

my $bytes      = qr/longer than 4096 bytes/;
my $words      = qr/more than 256 words/;
my $brackets   = qr/64/;
my $beginnings = qr/more than 8 words with \*, \? or ~/;
my $expansions = qr/expansions/;

bomb('a thousand words with a star', 'w* ' x 1000, 64, $beginnings);
bomb('nine words with a star', join(' ', map { "w000$_*" } 1 .. 9), 64, $beginnings);
bomb('one that stands for all words', 'w*', 64, $expansions);
bomb('eight that stand for all words', 'w* ' x 8, 64, $expansions);
bomb('eight that stand for hundreds each', join(' ', map { "w0${_}*" } 1 .. 8), 0);
bomb('eight that stand for a hundred each', join(' ', map { "w000$_*" } 1 .. 8), 0);
bomb('eight phrases that end in a star', join(' ', map { "common-words-in-all-of-them-w000$_*" } 1 .. 8), 0);
bomb('eight phrases of common words before many', join(' ', map { "a-a-a-w0${_}1*" } 1 .. 8), 1);
bomb('required words with a star', join(' ', map { "+w000$_*" } 1 .. 8), 1);
bomb('stars in all fields', join(' ', map { "$_:a*" } qw(title deck caption author contributor tags section source)), 0);
bomb('a star alone', '*', 1);
bomb('stars alone', '* ' x 2000, 1);
bomb('nothing but stars', '*' x 4096, 1);

my $sides  = qr/sides/;
my $places = qr/places/;
bomb('nine words with wildcards',            join(' ', map { "w?0$_" } 100 .. 108),                       64, $beginnings);
bomb('a star on both sides',                 '*0*',                                                      64, $expansions);
bomb('eight stars on both sides of little',  join(' ', map { "*x${_}x*" } 1 .. 8),                        1);
bomb('question marks that stand for many',   'w????1',                                                    64, $expansions);
bomb('eight similar words',                  join(' ', map { "w0000$_~2" } 1 .. 8),                       0);
bomb('eight similar words of one letter',    join(' ', map { "$_~2" } 'a' .. 'h'),                        0);
bomb('many stars in a word',                 '*a' x 200 . '*',                                           1);
bomb('a long similar word',                  'w' x 4000 . '~2',                                          1);
bomb('common words near each other',         join(' NEAR/99 ', qw(a b c the same common words in)),       0);
bomb('nine words near each other',           join(' NEAR/99 ', qw(a b c the same common words in all)),   64, $sides);
bomb('the same word near itself',            join(' NEAR/99 ', ('a') x 8),                               64, $places);
bomb('common words in one paragraph',        join(' W/P ', qw(a b c the same common words in)),           0);
bomb('60 nested NEARs',                      '(' x 60 . 'a' . ' NEAR/99 b)' x 60,                         1);
bomb('80 nested NEARs',                      '(' x 80 . 'a' . ' NEAR/99 b)' x 80,                        64, $brackets);
bomb('20 NEARs side by side',                join(' ', map { "(a NEAR/$_ b)" } 1 .. 20),               0);
bomb('120 NEARs side by side',               join(' ', map { "(a NEAR/$_ b)" } map { $_ % 99 + 1 } 1 .. 120), 64, $places);
bomb('NEARs without brackets',               'a' . ' NEAR/9 b PRE/9 c' x 30,                              1);
bomb('more of them',                         'a' . ' NEAR/9 b PRE/9 c' x 40,                             64, $brackets);
bomb('stars near each other',                'w000* NEAR/9 w001* NEAR/9 w002* NEAR/9 w003*',              1);
bomb('stems of short words near each other', join(' NEAR/9 ', qw(a b c in w x y z)),                      1);
bomb('a phrase of common words, moved',      '"' . join(' ', ('a b c the same common words') x 10) . '"~99', 1);
bomb('a phrase of the same word, moved',     '"' . 'a ' x 200 . '"~99',                                   64, $places);
bomb('first and often',                      join(' ', map { "(ATLEAST/2 FIRST/9999 a)" } 1 .. 100),      64, $places);
bomb('a thousand operators of places',       'NEAR/5 W/S FIRST/5 ATLEAST/5 ' x 100 . 'a',                 0);
bomb('excluded from everywhere',             join(' ', map { "(a NOT NEAR/99 b)" } 1 .. 100),             64, $places);
bomb('boosts of boosts',                     '(' x 60 . 'common' . ')^1000' x 60,                         0);

bomb('256 words',          join(' ', map { sprintf 'w%05d', $_ } 1 .. 256),    0);
bomb('256 words and 700 that are left out', join(' ', (map { sprintf 'w%05d', $_ } 1 .. 256), ('of') x 700), 0);
bomb('1025 words', 'of ' x 1025, 64, qr/more than 1024 words/);
bomb('257 words',          join(' ', map { sprintf 'w%05d', $_ } 1 .. 257),    64, $words);
bomb('256 common words',   'common ' x 256,                                    0);
bomb('256 required words', '+common ' x 256,                                   0);
bomb('10,000 words',       join(' ', map { sprintf 'w%05d', $_ } 1 .. 10_000), 64, $bytes);
bomb('50,000 words',       join(' ', map { sprintf 'w%05d', $_ } 1 .. 50_000), 64, $bytes);
bomb('50,000 words at once', join(' ', map { sprintf 'w%05d', $_ } 1 .. 50_000), 64, $bytes, '--syntax=words');
bomb('a megabyte and more', 'common ' x 200_000, 64, qr/larger than|longer than 4096 bytes/);

bomb('4,096 bytes',               'a' x 4096,        1);
bomb('4,097 bytes',               'a' x 4097,        64, $bytes);
bomb('4,097 bytes of blanks',     ' ' x 4097,        64, $bytes);
bomb('4,096 bytes of blanks',     ' ' x 4096,        1);
bomb('4,096 bytes of NUL',        "\0" x 4096,       1);
bomb('4,096 bytes of no UTF-8',   "\xff" x 4096,     1);
bomb('4,096 quotation marks',     '"' x 4096,        1);
bomb('a thousand signs',          '+-' x 1000 . 'a', 0);
bomb('a thousand operators',      'AND OR NOT ' x 300 . 'a', 1);
bomb('a thousand marks',          'a && ' x 200,     0);

bomb('50,000 nested brackets',  '(' x 50_000 . 'a' . ')' x 50_000, 64, $bytes);
bomb('2,000 nested brackets',   '(' x 2000 . 'a' . ')' x 2000,     64, $brackets);
bomb('65 nested brackets',      '(' x 65 . 'a' . ')' x 65,         64, $brackets);
bomb('64 nested brackets',      '(' x 64 . 'common' . ')' x 64,    0);
bomb('4,096 opening brackets',  '(' x 4096,                        64, $brackets);
bomb('4,096 closing brackets',  ')' x 4096,                        1);
bomb('64 times NOT',            'common ' . 'NOT (w00001 ' x 64 . ')' x 64, 0);
bomb('65 times NOT',            'common ' . 'NOT (w00001 ' x 65 . ')' x 65, 64, $brackets);
bomb('a thousand times NOT',    'NOT ' x 1000 . 'common',          1);
bomb('excluded all the way',    '-(' x 63 . 'common' . ')' x 63,   1);
bomb('fields all the way',      'title:(' x 64 . 'same' . ')' x 64, 0);
bomb('all but, 200 times',      join(' ', map { "-w0$_" } 1000 .. 1199), 0);
bomb('200 times all but, or',   join(' OR ', map { "-w0$_" } 1000 .. 1199), 0);

bomb('a phrase of 256 common words',   '"' . 'a ' x 256 . '"', 1);
bomb('a phrase of 257 words',          '"' . 'a ' x 257 . '"', 64, $words);
bomb('50 phrases of common words',     '"a a a b" ' x 50, 0);
my @common = qw(a b c the same common words in all of them);
bomb('110 different phrases of common words', join(' ', map { my $w = $_; map { "\"$w $_\"" } grep { $_ ne $w } @common } @common), 0);
bomb('120 times the same phrase',        '"them of" ' x 120,            1);
bomb('120 runs of common words',         'them-of ' x 120,              0);
bomb('120 required runs',                '+them-of ' x 120,             1);
bomb('a saying of common words',         '"all of them all of them"',   1);
bomb('30 NEARs',                         join(' ', map { "(a NEAR/$_ b)" } 1 .. 30), 0);
bomb('which share the limit with phrases', '"them of" ' x 95 . join(' ', map { "(a NEAR/$_ b)" } 1 .. 30), 64, $places);
bomb('2,000 words in one run',         'a-' x 2000 . 'a', 64, qr/words/);
bomb('30 runs of 40 words',            join(' ', map { 'a-' x 39 . 'a' } 1 .. 30), 64, qr/words/);
bomb('a run of 1,365 Chinese letters', '丹东口岸' x 341, 64, qr/words/);
bomb('60 dates',                       join(' ', map { 'published:19' . (50 + $_ % 50) } 1 .. 60), 0);
bomb('200 languages',                  'common ' . 'language:en ' x 200, 0);

# ---- phrases in an index of many articles ----

SKIP: {
    skip 'too slow', 1 if under_valgrind() || under_sanitizers();
    my $small = $db;
    $db = temp_dir() . '/db';
    spew("$db.jsonl", join '', map { encode_json({ id => $_, title => 'Ten', body => 'one two of the ten' }) . "\n" } 1 .. 30_000);
    runs_ok(indexer('-q', '--db', $db, "$db.jsonl"), '30,000 articles of the same words are indexed');
    my @ten = qw(one two of the ten);
    bomb('120 phrases of common words',            '"the of" ' x 120,                                   64, $places);
    bomb('120 times the same word twice',          '"the the" ' x 120,                                  64, $places);
    bomb('100 different phrases',                  join(' ', map { my $n = $_; map { my $w = $_; map { "\"$w $_" . ' ten' x $n . '"' } @ten } @ten } 0 .. 3), 64, $places);
    bomb('120 runs of common words',               'the-of ' x 120,                                     64, $places);
    bomb('phrases that are continued',             join(' ', map { ('the-of-') x 10 . "t$_*" } '', 'e', 'w', 'h'), 1);
    bomb('one phrase of many common words',        '"' . 'the of ' x 120 . '"',                         1);
    bomb('a saying',                               '"ten of the two of the one"',                       1);
    bomb('some phrases',                           '"of the ten" ' x 10,                                0);
    $db = $small;
}

# ---- in a batch the others are answered ----

my $r = searcher({ stdin => "1\t" . 'w* ' x 1000 . "\n2\tcommon\n3\t" . '(' x 100 . "\n4\tw00001\n" }, '--db', $db, '-n', 1, '--batch=-', '--format=trec');
is($r->{status}, 64, 'a batch with bombs ends with 64');
is(join(' ', map { (split)[0] } split /\n/, $r->{stdout}), '2 4', 'and answers the others');
like($r->{stderr}, qr/query 1: .*\n.*query 3: /, 'and says which were refused');

# ---- damaged indexes ----

srand 20231013;
my $good  = index_corpus();
my $bad   = temp_dir() . '/db';
my $files = tree_files($good);
spew("$bad/$_", $files->{$_}) for keys %$files;
my ($uid) = searcher('--db', $good, '-n', 1, '--format=csv', '--fields=uid', 'Dandong')->{stdout} =~ /([0-9a-f]{32})/;
my @asks = (
    ['forced', 'repatriation', 'Dandong'], ['--format=json', '--explain', '"port alder" ferr* -title:crane language:en'],
    ["--show=$uid"], ['--sort=newest', '-n', '90', 'since:2000'], ['--', '-xyzzy'], ['丹东', '桜', 'author:Cole'],
);

# Asks the damaged index. What is wrong with the answer, or nothing.
my %seen;
sub wrong {
    my ($ask) = @_;
    my $r = searcher({ timeout => 20 }, '--db', $bad, @$ask);
    my $status = $r->{status} // "signal $r->{signal}";
    $seen{$status}++;
    return "$status" if $status !~ /^(?:0|1|74)$/;
    return "74 without its name: $r->{stderr}" if $status eq '74' && index($r->{stderr}, $bad) < 0;
    return;
}

my @names = grep { !m{(?:^|/)(?:lock|flintlock)$} } sort keys %$files;
my $flips = under_valgrind() ? 20 : under_sanitizers() ? 120 : 400;
my @wrong;
for my $n (1 .. $flips) {
    my $name  = $names[$n % @names];
    my $bytes = $files->{$name};
    # the beginning of a file, and of a block, says more than the rest
    my $at = int rand length $bytes;
    $at = int rand 64 if $n % 5 == 0 && length $bytes > 64;
    $at = 8192 * int($at / 8192) + int rand 16 if $n % 5 == 1 && length $bytes > 8192;
    $at = $at % length $bytes;
    my $bit = 1 << int rand 8;
    substr($bytes, $at, 1) = chr(ord(substr $bytes, $at, 1) ^ $bit);
    spew("$bad/$name", $bytes);
    my $wrong = wrong($asks[int($n / @names) % @asks]);
    push @wrong, "$name, byte $at, bit $bit: $wrong" if $wrong;
    spew("$bad/$name", $files->{$name});
}
is_deeply(\@wrong, [], "$flips indexes with one bit turned round: an answer, or 74 and the name of the index");
cmp_ok($seen{74} // 0, '>', 0, 'some of which were noticed');

@wrong = ();
for my $name (@names) {
    my $size = length $files->{$name};
    for my $cut (0, 1, int($size / 3), int($size / 2), $size - 1) {
        next if $cut >= $size;
        spew("$bad/$name", substr $files->{$name}, 0, $cut);
        for my $ask (@asks[0 .. 2]) {
            my $wrong = wrong($ask);
            push @wrong, "$name, $cut of $size bytes, @$ask: $wrong" if $wrong;
        }
    }
    unlink "$bad/$name" or die;
    my $wrong = $name eq 'XAPIANDB' ? undef : wrong($asks[0]);
    push @wrong, "$name is missing: $wrong" if $wrong;
    spew("$bad/$name", $files->{$name});
}
is_deeply(\@wrong, [], 'indexes that are cut off: the same');
is(searcher('--db', $bad, 'Dandong')->{status}, 0, 'the index as it was is well');

done_testing();
