#!/usr/bin/perl
# indexer.t - the indexer on files as they come: what it reads, what it refuses, what it says and how it ends
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Encode qw(decode encode FB_CROAK);
use Fcntl qw(SEEK_SET);
use File::Path qw(make_path);
use JSON::PP;
use POSIX qw(mkfifo);

my $json = JSON::PP->new->utf8;
my $tmp  = temp_dir();

# The records of a dump.
sub records { return map { $json->decode($_) } split /\n/, $_[0]{stdout} }

# Only characters that do nothing to a terminal, in lines.
sub printable {
    my ($bytes) = @_;
    my $text = eval { decode('UTF-8', $bytes, FB_CROAK) } // return 0;
    return $text !~ /[^\P{Cc}\n]|[\x{202a}-\x{202e}\x{2066}-\x{2069}]/;
}

# A run that ends with a status, and whose messages match.
sub ends_with {
    my ($r, $status, $message, $title) = @_;
    my $ok = defined $r->{status} && $r->{status} == $status && $r->{stderr} =~ $message && printable($r->{stderr});
    ok($ok, $title) or diag("$r->{command}\nstatus ", $r->{status} // '-', ", signal $r->{signal}\n$r->{stderr}");
    return $ok;
}

# How many articles an index holds.
sub articles_in {
    my $r = indexer('--info', '--db', @_);
    return $r->{stdout} =~ /^articles:\s+(\d+)$/m ? $1 : undef;
}

# ---- plain text

subtest 'the parts of plain text articles are told apart' => sub {
    my %of = map { $_->{path} => $_ } records(indexer('-q', '--dump', corpus('articles')));
    my @wanted = (
        ['yalu-returns.txt', 'Beijing Resumes Forced Repatriation of North Koreans at Dandong', ['Elena Marsh'], 'en',
         qr/^SEOUL, Oct\. 13 \(Northline\) - /],
        ['jaguar-rainforest.txt', 'Jaguar Returns to a Rainforest That Had Forgotten It', ['Otto Lindqvist'], 'en', qr/^The picture shows an ear/],
        ['crane-collapse.txt', 'CRANE COLLAPSE ON MILL STREET KILLS TWO, STOPS TRAMS', ['Pete Amsel', 'Lila Roque'], 'en',
         qr/^A tower crane fell across Mill/],
        ['apple-frost.txt', 'Late Frost Blackens Apple Blossom Across the Vale', ['Hester Cole'], 'en', qr/^Growers in the Vale/],
        ['no-date-beekeepers.txt', 'City Beekeepers Ask Neighbors to Mow Less', undef, 'en', qr/^Ask a beekeeper/],
        ['kakheti-wine.txt', undef, ['Nino Maisuradze'], 'en', qr/^TELAVI - /],
        ['schloss-restaurierung.txt', undef, ['Friederike Lohmann'], 'de', qr/^Am Sonntag/],
        ['banco-central.txt', undef, ['Ignacio Robledo'], 'es', qr/^El banco central/],
        ['luchnitsa.txt', 'Чемпионка из Улан-Удэ: «Лук нельзя обмануть»', ['Борис Очиров'], 'ru', qr/^Туяна/],
        ['shinkansen-teiden.txt', '東海道新幹線が停電で4時間停止 乗客に水と地図', ['白川みのり'], 'ja', qr/^18日午後/],
        ['talbukmin-songhwan.txt', '중국서 강제 북송된 탈북민 가족들 “이름이라도 알려 달라”', ['한서진'], 'ko', qr/^중국에/],
        ['rakevet-galil.txt', undef, ['נעמה שחורי'], 'he', qr/^הרכבת/],
        ['丹东口岸恢复通关.txt', '丹东口岸恢复货运通关 首日放行车辆三十七台', ['孟晓棠'], 'zh', qr/^停运/],
    );
    for my $w (@wanted) {
        my ($name, $title, $author, $language, $body) = @$w;
        my $r = $of{ decode('UTF-8', corpus('articles', $name)) };
        ok($r, "$name is dumped") or next;
        is($r->{title}, decode('UTF-8', $title), "$name: headline") if defined $title;
        is_deeply($r->{author}, $author && [map { decode('UTF-8', $_) } @$author], "$name: author");
        is($r->{language}, $language, "$name: language");
        like(encode('UTF-8', $r->{body}), $body, "$name: the body begins where it does");
        unlike($r->{body}, qr/\n\n\n|\r|Related Topics/, "$name: the body is cut into paragraphs and ends where it does");
    }
    my $yalu = $of{ decode('UTF-8', corpus('articles', 'yalu-returns.txt')) };
    like($yalu->{deck}, qr/^Families in Seoul say/, 'the deck is found');
    is($of{ corpus('articles', 'forced-landing.txt') }{updated}, '2021-07-09', 'a date in words becomes ISO 8601');
};

subtest 'the published example is read right' => sub {
    my $file = top_srcdir() . '/../shared/data/articles/000_7180d54d85cb4bcc.txt';
    plan(skip_all => 'the collections are not beside the checkout') if !-e $file;
    my ($r) = records(indexer('-q', '--dump', $file));
    is($r->{title}, 'China Forcibly Repatriates Large Number of North Korean Escapees', 'title');
    like($r->{deck}, qr/^China doesn.t recognize fleeing North Koreans as defectors, .*imprisoned\.$/, 'deck');
    is(@{ $r->{caption} || [] }, 1, 'one caption');
    like($r->{caption}[0], qr/^A North Korea woman soldier .*STR\/AFP via Getty Images$/, 'caption with its credit');
    is_deeply($r->{author}, ['Aaron Pan'], 'author');
    is_deeply($r->{contributor}, ['Reuters'], 'contributor');
    like($r->{body}, qr/^The Chinese regime has forcibly deported/, 'the body begins after the head');
    like($r->{body}, qr/1967 Additional Protocol\.$/, 'and ends before the tail');
    like($r->{body}, qr/\n\nGreat Concern Raised at Congress Hearing\n\n/, 'a section heading is a paragraph of its own');
    unlike($r->{body}, qr/Related Topics|is a reporter covering|contributed to this report|Updated:/, 'nothing else is in it');
};

# ---- JSON

subtest 'JSON Lines are read by their usual names' => sub {
    my $r  = indexer('-q', '--dump', corpus('articles.jsonl'));
    my %of = map { $_->{id} => $_ } records($r);
    is(keys %of, 27, 'every record is there');
    is($of{4471}{title}, 'Tax Holiday on Repatriation of Profits Brings Home Less Than Hoped', 'headline');
    is($of{4471}{published}, '2018-12-04T15:30:00Z', 'datePublished with a zone');
    is_deeply($of{4471}{author}, ['Harriet Boone', 'Luis Tavares'], 'authors');
    is($of{4471}{source},   'Meridian Business', 'publisher');
    is($of{4471}{language}, 'en-GB',             'inLanguage');
    is_deeply($of{4471}{tags}, ['tax', 'companies'], 'keywords as one text');
    is($of{4533}{source}, 'eastgatecourier.example', 'source_domain');
    is_deeply($of{4540}{author}, ['Hester Cole', 'Northline'], 'byline as a list');
    is_deeply($of{'ar-9001'}{author}, [decode('UTF-8', 'سلمى الحربي')], 'authors as objects');
    is($of{'th-20'}{member}, 'th-20', 'a record is a member of its file by its id');
    is($of{'th-20'}{path}, corpus('articles.jsonl'), 'and has the path of the file');
    is($of{'evepost/2024/02/ferry-1'}{url}, 'https://eveningpost.example/2024/02/ferry-1', 'url');
};

# ---- a dump is input

my @all = (corpus('articles'), corpus('articles.jsonl'));
my $dump = "$tmp/dump.jsonl";
spew($dump, indexer('-q', '--dump', @all)->{stdout});

subtest 'a dump is read as what was dumped' => sub {
    is(indexer('-q', '--dump', $dump)->{stdout}, slurp($dump), 'dumped again it is the same');
    is(indexer('-q', '--dump=articles', '--format=json', $dump)->{stdout}, slurp($dump), 'read as JSON values too');
    is(indexer('-q', '--dump=terms', $dump)->{stdout}, indexer('-q', '--dump=terms', @all)->{stdout}, 'and has the same terms');
    my $list = spew("$tmp/list.json", '[', join(",\n", split /\n/, slurp($dump)), "]\n");
    is(indexer('-q', '--dump', $list)->{stdout}, slurp($dump), 'and so does a list of its records');
    my %seen;
    $seen{ $_->{uid} }++ for records(indexer('-q', '--dump', $dump));
    is((grep { $_ != 1 } values %seen), 0, 'no two articles have the same uid');
};

subtest 'terms follow the conventions' => sub {
    my ($r) = records(indexer('-q', '--dump=terms', corpus('articles', 'yalu-returns.txt')));
    my $terms = $r->{terms};
    is((grep { ref ne 'ARRAY' || @$_ != 2 } values %$terms), 0, 'each has its frequency and its positions');
    is_deeply($terms->{"Q$r->{uid}"}, [0, []], 'one is unique');
    ok($terms->{Zrepatri} && !@{ $terms->{Zrepatri}[1] }, 'stems have no positions');
    ok($terms->{repatriation}[0] > @{ $terms->{repatriation}[1] }, 'a word of the headline counts more than once');
    ok($terms->{Srepatriation} && $terms->{Amarsh} && $terms->{Len}, 'headline, author and language have prefixes');
    is((grep { length(encode('UTF-8', $_)) > 245 } keys %$terms), 0, 'none is longer than the index takes');
};

# ---- an index

my $db = "$tmp/db";
subtest 'an index is made, and added to' => sub {
    my $r = indexer('--db', $db, @all);
    ends_with($r, 0, qr/^indexer: .*89 articles/, 'the corpus is indexed, in one line');
    is($r->{stdout}, '', 'nothing is written on stdout');
    is(articles_in($db), 89, '--info counts its articles');
    like(slurp("$db/XAPIANDB"), qr/^glass gen-\d+\n\z/, 'the stub names a generation');
    my $info = indexer('--info', '--db', $db);
    runs_ok($info, '--info succeeds');
    like($info->{stdout}, qr/^languages:.*\ben \d+/m, 'and names the languages');
    ends_with(indexer('-q', '--db', $db, @all), 0, qr/^$/, 'a second run with -q is silent');
    is(articles_in($db), 89, 'and adds nothing twice');
    spew("$tmp/more/a.txt", "One More Article\n\nWith a sentence in it.\n");
    runs_ok(indexer('-q', '--db', $db, "$tmp/more"), 'more is added');
    is(articles_in($db), 90, 'to what is there');
    my $from_dump = "$tmp/db-of-dump";
    runs_ok(indexer('-q', '--db', $from_dump, $dump), 'a dump is indexed');
    is(articles_in($from_dump), 89, 'with all its articles');
};

subtest 'the index is sound' => sub {
    my ($check) = grep { -x } map { "$_/xapian-check" } split /:/, $ENV{PATH};
    plan(skip_all => 'xapian-check (Debian: xapian-tools) is not installed') if !$check;
    my $r = run($check, "$db/XAPIANDB");
    is($r->{status}, 0, 'xapian-check finds no fault') or diag($r->{stdout}, $r->{stderr});
    like($r->{stdout}, qr/^No errors found/m, 'and says so');
};

subtest '--dry-run reads and stores nothing' => sub {
    my $none = "$tmp/none";
    ends_with(indexer('--dry-run', '--db', $none, @all), 0, qr/89 articles/, 'it counts');
    ok(!-e $none, 'no index is made');
    my $before = tree_files($db);
    spew("$tmp/dry/a.txt", "Another Article\n\nOnly read.\n");
    runs_ok(indexer('-q', '--dry-run', '--db', $db, "$tmp/dry"), 'beside an index');
    is_deeply(tree_files($db), $before, 'it is left as it was');
};

# ---- what is read

subtest 'which files are read' => sub {
    my $dir = "$tmp/which";
    my $article = "A Headline\n\nA body of a few words.\n";
    spew("$dir/$_", $article) for qw(a.txt b.text c.html d sub/e.txt sub/f.txt .hidden.txt sub/g.md);
    my $titles = sub { return join ' ', map { $_->{path} =~ s/^\Q$dir\E\///r } records(indexer('-q', '--dump', @_)) };
    is($titles->($dir), 'a.txt b.text sub/e.txt sub/f.txt', 'in a folder those with the name of an article');
    is($titles->("$dir/d"), 'd', 'a file that is named whatever its name');
    is($titles->('--include=*.html', '--include=*.md', $dir), 'c.html sub/g.md', '--include takes others');
    is($titles->('--exclude=sub', $dir), 'a.txt b.text', '--exclude leaves out a folder');
    is($titles->('--exclude=sub/f*', $dir), 'a.txt b.text sub/e.txt', 'and what matches below the root');
    is($titles->('--include=*.txt', '--exclude=e*', $dir), '.hidden.txt a.txt sub/f.txt', 'both together');
    is($titles->("$dir/sub", "$dir/a.txt"), 'sub/e.txt sub/f.txt a.txt', 'paths are read in the order they are given');
};

subtest 'formats go by name, by the first byte, or as told' => sub {
    my $record = qq({"title":"From JSON","body":"Words."}\n);
    my ($r) = records(indexer('-q', '--dump', spew("$tmp/format/x.txt", $record)));
    isnt($r->{title}, 'From JSON', '.txt is plain text');
    ($r) = records(indexer('-q', '--dump', '--format=jsonl', "$tmp/format/x.txt"));
    is($r->{title}, 'From JSON', '--format=jsonl overrules the name');
    ($r) = records(indexer('-q', '--dump', spew("$tmp/format/x", $record)));
    is($r->{title}, 'From JSON', 'without a name that says it JSON is known by its bracket');
    ($r) = records(indexer('-q', '--dump', spew("$tmp/format/y", "Plain\n\nText.\n")));
    is($r->{title}, 'Plain', 'else it is text');
    ($r) = records(indexer('-q', '--dump', '--language=pt', "$tmp/format/y"));
    is($r->{language}, 'pt', '--language says what an article does not');
    ($r) = records(indexer('-q', '--dump', '--language=pt', spew("$tmp/format/z.jsonl", qq({"title":"T","lang":"de"}\n))));
    is($r->{language}, 'de', 'and not what it does');
};

# ---- statuses

subtest 'exit statuses' => sub {
    my $file = corpus('articles', 'apple-frost.txt');
    ends_with(indexer(), 64, qr/no PATH.*--help/, '64: nothing to do');
    ends_with(indexer('--nonsense', $file), 64, qr/nonsense/, '64: an unknown option');
    ends_with(indexer('--format=pdf', $file), 64, qr/--format=pdf/, '64: an unknown format');
    ends_with(indexer('--memory=lots', $file), 64, qr/--memory=lots/, '64: no size');
    ends_with(indexer('--lock-wait=-1', $file), 64, qr/--lock-wait/, '64: no time');
    ends_with(indexer('--dump=words', $file), 64, qr/--dump=words/, '64: no such dump');
    ends_with(indexer("--format=\e[31m\n", $file), 64, qr/--format=/, '64, and what was wrong is shown without doing harm');
    runs_ok(indexer('--help'),    '0: --help');
    like(indexer('--version')->{stdout}, qr/^broadsheet \d/, '--version names the package');
    ends_with(indexer('--db', "$tmp/d1", "$tmp/nowhere"), 66, qr/nowhere: no such file/i, '66: a path that is not there');
    ends_with(indexer('--db', "$tmp/d2", "$tmp/nowhere", $file), 66, qr/nowhere/, '66, the others are indexed');
    is(articles_in("$tmp/d2"), 1, 'indeed');
    ends_with(indexer('--info', '--db', "$tmp/nowhere"), 66, qr/no index/, '66: --info without an index');
    ends_with(indexer('--dump', corpus('articles'), { stdout => '/dev/full' }), 74, qr/standard output/, '74: a full disk under a dump');
    ends_with(indexer('--dump=terms', $file, { stdout => '/dev/full' }), 74, qr/standard output/, '74: under a small one too');
    ends_with(indexer('--info', '--db', $db, { stdout => '/dev/full' }), 74, qr/standard output/, '74: under --info');
    ends_with(indexer('--help', { stdout => '/dev/full' }), 74, qr/standard output/, '74: under --help');
    ends_with(indexer('--db', '/dev/null', $file), 74, qr/not a folder/, '74: an index that is no folder');
    spew("$tmp/odd/XAPIANDB", "glass /etc\n");
    ends_with(indexer('--db', "$tmp/odd", $file), 74, qr/XAPIANDB/, '74: a stub that is not ours');
    my $r = indexer('--dump', corpus('articles'), { stdout_close => 10 });
    is($r->{signal}, 13, 'a reader that goes away ends it quietly');
    is($r->{stderr}, '', 'without a word');
};

subtest 'one writer at a time' => sub {
    open my $lock, '+<', "$db/lock" or die "$db/lock: $!";
    # struct flock of the system, and F_OFD_SETLK; elsewhere the test is worth nothing
    my $range = eval { pack 'ssx![q]qqlx![q]', 1, SEEK_SET, 0, 0, 0 };
    my $taken = $^O eq 'linux' && defined $range && fcntl $lock, 37, $range;
    plan(skip_all => 'no open file description locks from here') if !$taken;
    my $r = indexer('--db', $db, corpus('articles'));
    ends_with($r, 75, qr/another indexer is at work.*pid \d+.*host .*start \d{4}-.*command .*indexer/, '75: the lock is held, and by whom');
    my $before = Time::HiRes::time();
    ends_with(indexer('--lock-wait=0.5', '--db', $db, corpus('articles')), 75, qr/at work/, '75: for as long as it waited');
    cmp_ok(Time::HiRes::time() - $before, '>', 0.4, 'which it did');
    is(articles_in($db), 90, 'reading goes on meanwhile');
    close $lock;
    runs_ok(indexer('-q', '--db', $db, @all), 'and then it can be written again');
};

# What root may do proves nothing.
subtest 'what may not be read or written' => sub {
    my $dir = temp_dir();
    chmod 0755, $dir;
    my $user = $> == 0 ? 65534 : $>;
    my $become = sub { $) = "$user $user"; $( = $user; $< = $> = $user; die "cannot be user $user\n" if $> != $user };
    my %as = ($> == 0 ? (before => $become) : ());
    plan(skip_all => 'the program cannot be run by another user') if $> == 0 && !eval { indexer('--version', {%as})->{status} == 0 };
    spew("$dir/in/a.txt", "A Headline\n\nWords.\n");
    spew("$dir/in/secret.txt", "Secret\n\nWords.\n");
    spew("$dir/in/sub/b.txt", "Another\n\nWords.\n");
    make_path("$dir/own", "$dir/closed");
    chown $user, -1, "$dir/own" if $> == 0;
    chmod 0,    "$dir/in/secret.txt", "$dir/in/sub";
    chmod 0555, "$dir/closed";
    my $r = indexer('--db', "$dir/own/db", "$dir/in", {%as});
    ends_with($r, 65, qr/secret\.txt: Permission denied/, '65: an unreadable file is named');
    like($r->{stderr}, qr/in\/sub: Permission denied/, 'and so is an unreadable folder');
    is(articles_in("$dir/own/db"), 1, 'the rest is indexed');
    ends_with(indexer('--db', "$dir/closed/db", "$dir/in/a.txt", {%as}), 77, qr/closed\/db/, '77: where no index can be made');
    chmod 0555, "$dir/own/db";
    chmod 0444, "$dir/own/db/lock";
    ends_with(indexer('--db', "$dir/own/db", "$dir/in/a.txt", {%as}), 77, qr/lock/, '77: where none can be changed');
    chmod 0755, "$dir/in/sub", "$dir/own/db", "$dir/closed";
};

# ---- broken input

subtest 'every broken input is read as far as it can be, or refused by name' => sub {
    my %wanted = (    # status, articles read, a message
        'bad-dates.jsonl'     => [0,  7, undef],
        'binary.txt'          => [65, 0, qr/binary\.txt: .*binary/],
        'blank.txt'           => [65, 0, qr/blank\.txt: no text in it/],
        'cut-off.json'        => [65, 0, qr/cut-off\.json#.*1: not JSON/],
        'empty.txt'           => [65, 0, qr/empty\.txt: no text in it/],
        'half.jsonl'          => [65, 2, qr/half\.jsonl#line 2: not JSON/],
        'invalid-utf8.txt'    => [0,  1, undef],
        'long-word.txt'       => [0,  1, undef],
        'nested.json'         => [65, 0, qr/nested\.json#.*1: not JSON: maximum parsing depth/],
        'not-an-object.jsonl' => [65, 1, qr/jsonl#line 1: not a JSON object/],
        'nul-bytes.txt'       => [0,  1, undef],
        'wrong-types.jsonl'   => [65, 1, qr/jsonl#line 1: "title" is a number.*jsonl#line 2: "body" is an object.*jsonl#line 3: "authors" is/s],
    );
    opendir my $dir, corpus('broken') or die $!;
    is_deeply([sort grep { !/^\./ } readdir $dir], [sort keys %wanted], 'every one is tested');
    for my $name (sort keys %wanted) {
        my ($status, $articles, $message) = @{ $wanted{$name} };
        my $r = indexer('-q', '--dump', corpus('broken', $name));
        ends_with($r, $status, $message // qr/^$/, "$name: $status");
        is(records($r), $articles, "$name: $articles articles");
    }
    my $r = indexer('--db', "$tmp/broken", corpus('broken'));
    ends_with($r, 65, qr/14 articles.*14 refused/s, 'all together: the good ones are indexed');
    is(articles_in("$tmp/broken"), 14, 'and only they');
    my ($cafe) = records(indexer('-q', '--dump', corpus('broken', 'invalid-utf8.txt')));
    is($cafe->{title}, decode('UTF-8', 'Harbour Café Reopens After the Storm'), 'what is good in damaged UTF-8 stays');
    like($cafe->{body}, qr/^The caf\x{fffd} at the end/, 'what is not is marked');
    like(indexer('--dry-run', corpus('broken', 'invalid-utf8.txt'))->{stderr}, qr/1 repaired/, 'and counted');
    my ($date) = records(indexer('-q', '--dump', corpus('broken', 'bad-dates.jsonl')));
    is($date->{published}, undef, 'what is no date is none');
    is($date->{extra}{published}, '2023-13-45', 'but kept');
    like(indexer('-v', '--dry-run', corpus('broken', 'bad-dates.jsonl'))->{stderr}, qr/jsonl#bd-1: published: /, '-v says which');
};

subtest 'JSON that is not UTF-8 is converted' => sub {
    my $dir = "$tmp/json-encodings";
    make_path($dir);
    my %body = (
        'ISO-8859-1' => "Les \x{e9}l\x{e8}ves de la ville sont rentr\x{e9}s apr\x{e8}s les vacances d'\x{e9}t\x{e9} \x{e0} l'\x{e9}cole.",
        'koi8-r'     => "\x{41d}\x{430} \x{43f}\x{43b}\x{43e}\x{449}\x{430}\x{434}\x{438} \x{43f}\x{440}\x{43e}\x{448}\x{43b}\x{430} \x{432}\x{44b}\x{441}\x{442}\x{430}\x{432}\x{43a}\x{430} \x{438} \x{43a}\x{43e}\x{43d}\x{446}\x{435}\x{440}\x{442}.",
        'shiftjis'   => "\x{6771}\x{4eac}\x{3067}\x{65b0}\x{3057}\x{3044}\x{8868}\x{793a}\x{304c}\x{59cb}\x{307e}\x{308a}\x{307e}\x{3057}\x{305f}\x{3002}",
        'UTF-16'     => "\x{1f600} \x{4e39}\x{4e1c} caf\x{e9}",
        'UTF-16LE'   => 'plain letters without a mark',
        'UTF-32'     => "\x{1f600} \x{4e39}\x{4e1c} caf\x{e9}",
    );
    for my $encoding (sort keys %body) {
        my $record = sub { qq({"title":"Title $_[0]","body":"$body{$encoding} $_[0]"}) };
        my %file = (
            "$encoding.jsonl" => join('', map { $record->($_) . "\n" } 1 .. 3),
            "$encoding.json"  => '[' . join(",\n", map { $record->($_) } 1 .. 3) . ']',
            $encoding         => $record->(1),
        );
        for my $name (sort keys %file) {
            spew("$dir/$name", encode($encoding, $file{$name}));
            my $r   = indexer('--dump', "$dir/$name");
            my @got = records($r);
            is_deeply([ map { $_->{body} } @got ], [ map { "$body{$encoding} $_" } 1 .. ($name eq $encoding ? 1 : 3) ], $name)
                or diag($r->{stderr});
        }
    }
    like(indexer('-v', '--dry-run', "$dir/koi8-r.jsonl")->{stderr}, qr/jsonl#2: not UTF-8, read as KOI8-R/, '-v names the encoding');
};

subtest 'hostile files do not stop a run' => sub {
    my $dir = "$tmp/hostile";
    make_path($dir);
    spew("$dir/good.txt", "The Good One\n\nIt is always read.\n");
    open my $sparse, '>', "$dir/sparse.txt" or die $!;
    truncate $sparse, 1 << 30 or die $!;
    close $sparse;
    open my $large, '>', "$dir/large.jsonl" or die $!;
    truncate $large, 1 << 27 or die $!;
    close $large;
    spew("$dir/random.txt", pack 'C*', map { ($_ * 7919 + ($_ >> 3) * 104729) % 256 } 1 .. 5000);
    spew("$dir/zeros.txt", "\0" x 5000);
    spew("$dir/line.txt", 'Headline ', 'word ' x 2_000_000, "\n");
    spew("$dir/dots.txt", "Dots\n\n", 'a.' x 500_000, "zz\n");
    spew("$dir/words.txt", "Long Words\n\n", 'x' x 300, ' ', 'x' x 301, ' ', 'ж' x 300, ' ', 'é' x 5000, ".\n");
    spew("$dir/nested.jsonl", '{"title":"N","x":', '[' x 100_000, ']' x 100_000, "}\n", qq({"title":"After Nesting"}\n));
    spew("$dir/open.json", '[' x 100_000);
    spew("$dir/objects.json", '{"a":' x 100_000);
    spew("$dir/surrogate.jsonl", qq({"title":"Half \\ud83d","body":"x\\u0000y"}\n));
    spew("$dir/control.jsonl", qq({"title":"\\u001b[31mRed \\u202ednE","id":"a\\nb \\u001b]0;x\\u0007"}\n));
    spew("$dir/fake.txt.gz", "\x1f\x8b\x08\x00garbage that is not compressed");
    my $r = indexer('--db', "$tmp/hostile-db", $dir, { timeout => 300 });
    ends_with($r, 65, qr/refused/, 'the run goes on to its end');
    for my $name (qw(sparse.txt large.jsonl random.txt zeros.txt), 'nested.jsonl#line', qw(open.json objects.json fake.txt.gz)) {
        like($r->{stderr}, qr/\/hostile\/\Q$name\E.*: /, "$name is refused");
    }
    for my $name (qw(good.txt line.txt dots.txt words.txt surrogate.jsonl control.jsonl)) {
        unlike($r->{stderr}, qr/\/hostile\/\Q$name\E/, "$name is read");
    }
    is(articles_in("$tmp/hostile-db"), 7, 'with all that was whole');
    my ($control) = records(indexer('-q', '--dump', "$dir/control.jsonl"));
    is($control->{title}, '[31mRed dnE', 'control and bidi characters are taken out');
    my ($words) = records(indexer('-q', '--dump=terms', "$dir/words.txt"));
    is((grep { /^x{100}/ } keys %{ $words->{terms} }), 2, 'two different long words stay different');
};

subtest 'odd names of files are indexed and shown safely' => sub {
    my $dir = "$tmp/names";
    my @names = ("new\nline.txt", "tab\there.txt", "\e[31mred.txt", "\xff\xfe.txt", '$(touch x).txt', '`x`.txt', "'quote\".txt", '-rf.txt',
        "two  blanks .txt", 'ü 丹.txt', "bidi\xe2\x80\xae.txt", "c1\xc2\x9b.txt", 'a#b.txt', '%41.txt');
    spew("$dir/$_", "A Headline\n\nWords.\n") for @names;
    my $r = indexer('-q', '--dump', $dir);
    is($r->{status}, 0, 'all are read');
    my @records = records($r);
    is(@records, @names, 'each once');
    my %uids = map { $_->{uid} => 1 } @records;
    is(keys %uids, @names, 'with uids of their own');
    spew("$tmp/names.jsonl", $r->{stdout});
    is(indexer('-q', '--dump', "$tmp/names.jsonl")->{stdout}, $r->{stdout}, 'and are the same when read from the dump');
    runs_ok(indexer('-q', '--db', "$tmp/names-db", $dir), 'they are indexed');
    is(articles_in("$tmp/names-db"), scalar @names, 'each once');
    unlink map { "$dir/$_" } @names;
    spew("$dir/$_", '') for @names;
    ends_with(indexer('--dry-run', $dir), 65, qr/new\\nline\.txt: no text/, 'and named in messages that do no harm');
};

subtest 'what is neither file nor folder is passed over' => sub {
    my $dir = "$tmp/special";
    spew("$dir/a.txt", "A Headline\n\nWords.\n");
    mkfifo("$dir/fifo.txt", 0666) or die "mkfifo: $!";
    symlink '.',          "$dir/loop.txt"  or die $!;
    symlink 'self.txt',   "$dir/self.txt"  or die $!;
    symlink '/etc/passwd', "$dir/link.txt" or die $!;
    my $r = indexer('--dry-run', $dir, { timeout => 20 });
    ends_with($r, 0, qr/1 article/, 'FIFOs and links do not hold it up');
    like($r->{stderr}, qr/3 links/, 'links are counted');
    like($r->{stderr}, qr/1 neither file nor folder/, 'and so is what is special');
    ends_with(indexer('--dry-run', "$dir/fifo.txt", { timeout => 20 }), 65, qr/fifo\.txt: neither/, 'a FIFO that is named is refused');
    ends_with(indexer('--dry-run', "$dir/self.txt"), 65, qr/self\.txt: /, 'and so is a link to itself');
    symlink $dir, "$tmp/root" or die $!;
    ends_with(indexer('--dry-run', "$tmp/root"), 0, qr/1 article/, 'a root that is a link is followed');
};

subtest 'a chain of folders longer than a path' => sub {
    my $dir = "$tmp/deep";
    make_path($dir);
    my $name = 'd' x 200;
    chdir $dir or die $!;
    for (1 .. 30) {
        mkdir $name and chdir $name or die $!;
    }
    spew('a.txt', "Down Here\n\nWords.\n");
    chdir '/' or die $!;
    my $r = indexer('--dry-run', $dir);
    ends_with($r, 65, qr/File name too long/, 'is refused where it becomes too long');
    system 'rm', '-rf', $dir;
};

subtest 'an index inside the folder it indexes is not read' => sub {
    my $dir = "$tmp/inside";
    spew("$dir/a.txt", "A Headline\n\nWords.\n");
    for my $run (1, 2) {
        runs_ok(indexer('-q', '--include=*', '--db', "$dir/db", $dir), "run $run");
        is(articles_in("$dir/db"), 1, 'finds the article only');
    }
};

subtest 'paths are lexically absolute, from wherever it runs' => sub {
    spew("$tmp/here/sub/a.txt", "A Headline\n\nWords.\n");
    my @of = map { [records(indexer('-q', '--dump', $_, { dir => "$tmp/here" }))]->[0] } '.', 'sub/a.txt', './sub/../sub//a.txt', "$tmp/here";
    is((grep { $_->{path} ne "$tmp/here/sub/a.txt" } @of), 0, 'the path is the same');
    is((grep { $_->{uid} ne $of[0]{uid} } @of), 0, 'and so is the uid');
};

subtest 'no index of nothing' => sub {
    my $home = temp_dir();
    my $r = indexer('--db', "$home/db", "$home/mistyped");
    is($r->{status}, 66, 'a path that is not there: 66');
    like($r->{stderr}, qr/mistyped: /, 'it is named');
    $r = indexer('--db', "$home/db", '--files-from=/dev/null');
    is($r->{status}, 0, 'no path at all: 0');
    ok(!-e "$home/db", 'neither makes an index');
    is(searcher('--db', "$home/db", 'council')->{status}, 66, 'so that there is none to search: 66');
    mkdir "$home/empty" or die $!;
    is(indexer('--db', "$home/db", "$home/mistyped", "$home/empty")->{status}, 66, 'beside a path that is there it is an error all the same: 66');
    ok(-e "$home/db/XAPIANDB", 'but there is an index');
};

done_testing();
