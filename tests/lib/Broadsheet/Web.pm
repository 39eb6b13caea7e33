# Broadsheet::Web - ask CGI programs, by themselves and through real web servers on the loopback
#
#   use Broadsheet::Web;
#
#   my $a = cgi('q=ferry&n=5');                     # search.cgi as a process: { status, headers, body, stderr, exit }
#   $a = cgi({ env => { REQUEST_METHOD => 'HEAD' } }, 'q=ferry');
#   my $server = lighttpd('search.cgi' => $path);   # on a random port; ends with the test
#   $a = http($server, '/search.cgi?q=ferry');      # { status, headers, body }
#   answer_is_safe($a, 'title');                    # what holds for every answer of ours
#
# A server that is not installed gives undef: skip what needs it.
#
# SPDX-License-Identifier: GPL-2.0-or-later
package Broadsheet::Web;

use strict;
use warnings;

use Encode ();
use Exporter ();
use File::Copy ();
use IO::Socket::INET ();
use IO::Select ();
use POSIX ();
use Socket ();
use Test::More ();
use Time::HiRes ();

use Broadsheet::Test;

our @ISA    = ('Exporter');
our @EXPORT = qw(cgi cgi_program http http_bytes lighttpd apache nginx server_stop server_errors have_lighttpd have_apache
    have_nginx
    answer_is_safe page_is_safe encode_param header has_script);

# ---------------------------------------------------------------------------------------------------- a process

# Runs a CGI program as a web server would. Options as run() has them; program => another one than ours.
sub cgi {
    my %options = map { %$_ } grep { ref } @_;
    my ($query) = grep { !ref } @_;
    my $program = delete $options{program} || [ program('search.cgi') ];
    my %env = (
        GATEWAY_INTERFACE => 'CGI/1.1', SERVER_PROTOCOL => 'HTTP/1.1', SERVER_NAME => 'localhost', SERVER_PORT => 80,
        REQUEST_METHOD => 'GET', SCRIPT_NAME => '/search', QUERY_STRING => $query // '', REMOTE_ADDR => '127.0.0.1',
        %{ delete $options{env} || {} },
    );
    my $r = run(@$program, { %options, env => \%env });
    my $answer = _read_cgi($r->{stdout});
    return { %$answer, stderr => $r->{stderr}, exit => $r->{status}, signal => $r->{signal}, bytes => $r->{stdout}, seconds => $r->{seconds} };
}

# Where our program lies, for a server.
sub cgi_program { return program('search.cgi') }

sub _read_cgi {
    my ($bytes) = @_;
    my ($head, $body) = split /\r?\n\r?\n/, $bytes, 2;
    my @lines = split /\r?\n/, $head // '';
    my %headers = map { /^([^:]+):\s*(.*)$/ ? (lc $1 => $2) : () } @lines;
    return { status => ($headers{status} // '200') =~ /^(\d{3})\b/ ? $1 : undef, headers => \%headers, body => $body // '' };
}

sub header { return $_[0]{headers}{ lc $_[1] } }

# Bytes as they stand in a query string.
sub encode_param {
    my ($bytes) = @_;
    return join '', map { /[A-Za-z0-9._~-]/ ? $_ : sprintf '%%%02X', ord } split //, $bytes;
}

# ---------------------------------------------------------------------------------------------------- HTTP

# http(SERVER, PATH, {method, headers => [lines], body}) asks with a connection of its own.
sub http {
    my ($server, $path, $options) = @_;
    my $method = $options->{method} // 'GET';
    my $body   = $options->{body} // '';
    my @lines  = ("$method $path HTTP/1.1", "Host: 127.0.0.1:$server->{port}", 'Connection: close', @{ $options->{headers} || [] });
    push @lines, 'Content-Length: ' . length $body if length $body && !grep { /^(?:content-length|transfer-encoding):/i } @lines;
    return http_bytes($server, join("\r\n", @lines, '', '') . $body, $method eq 'HEAD');
}

# The same with a request as it stands. status 0: the server closed without an answer.
sub http_bytes {
    my ($server, $bytes) = @_;
    local $SIG{PIPE} = 'IGNORE';
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $server->{port}, Proto => 'tcp', Timeout => 10)
        or return { status => 0, headers => {}, body => '', error => "connect: $!" };
    $socket->blocking(0);
    my ($got, $select, $end) = ('', IO::Select->new($socket), Time::HiRes::time() + patience(60));
    my $left = $bytes;
    while (1) {
        my ($r, $w) = IO::Select->select($select, length $left ? $select : undef, undef, 5);
        return { status => 0, headers => {}, body => $got, error => 'no answer in time' } if Time::HiRes::time() > $end;
        if ($w && @$w) {
            my $n = syswrite $socket, $left, 65536;
            $left = defined $n ? substr $left, $n : $!{EAGAIN} ? $left : '';
        }
        if ($r && @$r) {
            my $n = sysread $socket, $got, 65536, length $got;
            last if !$n && !(!defined $n && $!{EAGAIN});
        }
    }
    close $socket;
    my ($head, $body) = split /\r\n\r\n/, $got, 2;
    my ($first, @lines) = split /\r\n/, $head // '';
    my %headers = map { /^([^:]+):\s*(.*)$/ ? (lc $1 => $2) : () } @lines;
    if (($headers{'transfer-encoding'} // '') =~ /chunked/i) {
        my ($plain, $rest) = ('', $body // '');
        while ($rest =~ s/^([0-9A-Fa-f]+)[^\r\n]*\r\n//) {
            my $n = hex $1 or last;
            $plain .= substr $rest, 0, $n, '';
            $rest =~ s/^\r\n//;
        }
        $body = $plain;
    }
    return { status => ($first // '') =~ m{^HTTP/1\.[01] (\d{3})} ? $1 : 0, headers => \%headers, body => $body // '' };
}

# ---------------------------------------------------------------------------------------------------- servers

my @running;
my $main = $$;

sub _find {
    my ($name) = @_;
    my ($dir) = grep { -x "$_/$name" } split(/:/, $ENV{PATH}), '/usr/sbin', '/sbin', '/usr/local/sbin';
    return defined $dir ? "$dir/$name" : undef;
}
sub have_lighttpd { return defined _find('lighttpd') }
sub have_nginx    { return defined _find('nginx') && defined _find('fcgiwrap') }
sub have_apache   { return defined _find('apache2') && -e '/usr/lib/apache2/modules/mod_cgid.so' }

sub _free_port {
    my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', Proto => 'tcp') or die "listen: $!";
    return $socket->sockport;
}

# Starts COMMAND in a process group of its own and waits until it answers.
sub _start {
    my ($server, %env) = @_;
    my $pid = fork // die "fork: $!";
    if ($pid == 0) {
        POSIX::setpgid(0, 0);
        open STDIN,  '<', '/dev/null';
        open STDOUT, '>>', "$server->{dir}/out";
        open STDERR, '>>', "$server->{dir}/errors";
        %ENV = (PATH => $ENV{PATH}, %env);
        exec { $server->{command}[0] } @{ $server->{command} } or POSIX::_exit(127);
    }
    POSIX::setpgid($pid, $pid);
    $server->{pid} = $pid;
    push @running, $server;
    for (1 .. 200 * patience(1)) {
        my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $server->{port}, Timeout => 1);
        return $server if $socket;
        last if waitpid($pid, POSIX::WNOHANG()) == $pid;
        Time::HiRes::sleep(0.05);
    }
    Test::More::diag("$server->{name} does not start:\n" . server_errors($server));
    server_stop($server);
    return undef;
}

# What the programs it ran said on their standard error, and the server itself.
sub server_errors {
    my ($server) = @_;
    return join '', map { -f $_ ? slurp($_) : () } "$server->{dir}/errors", "$server->{dir}/error.log";
}

sub server_stop {
    my ($server) = @_;
    @running = grep { $_ != $server } @running;
    return if !$server->{pid};
    kill 'TERM', -$server->{pid};
    my $with = delete $server->{with};
    kill 'TERM', -$with->{pid} if $with;
    waitpid $with->{pid}, 0 if $with;
    for (1 .. 100) {
        return if waitpid($server->{pid}, POSIX::WNOHANG()) != 0;
        Time::HiRes::sleep(0.05);
    }
    kill 'KILL', -$server->{pid};
    waitpid $server->{pid}, 0;
    return;
}

END {
    if ($$ == $main) {
        local $?;
        server_stop($_) for @running;
    }
}

# A configuration of contrib/ with its places filled in.
sub _contrib {
    my ($path, %places) = @_;
    my $text = slurp(top_srcdir() . "/contrib/$path");
    $text =~ s/\@(\w+)\@/$places{$1} \/\/ die "$path: what is $1?"/ge;
    return $text;
}

# Copies each program to its NAME, as they would be installed: a server that runs as root starts its programs as somebody who may
# not see the build tree.
sub _install {
    my ($dir, %programs) = @_;
    mkdir "$dir/bin" or die "$dir/bin: $!";
    for my $name (keys %programs) {
        File::Copy::copy($programs{$name}, "$dir/bin/$name") or die "$name: $!";
    }
    chmod 0755, $dir, "$dir/bin", glob "$dir/bin/*";
    return "$dir/bin";
}

# Both, and nginx below: (NAME => PROGRAM ..., env => { ... } for the programs). 'broadsheet.cgi' is served at /search, by the configuration in
# contrib/; all, that one too, at /NAME.
sub lighttpd {
    my (%programs) = @_;
    my $binary = _find('lighttpd') // return undef;
    my $env  = delete $programs{env} || {};
    my $dir  = temp_dir();
    my $port = _free_port();
    my $bin  = _install($dir, %programs);
    mkdir "$dir/www";
    spew("$dir/broadsheet.conf", _contrib('lighttpd/broadsheet.conf.in', libexecdir => $bin));
    my $set = join ', ', map { qq("$_" => "$env->{$_}") } sort keys %$env;
    spew("$dir/lighttpd.conf", <<"END");
server.document-root = "$dir/www"
server.bind = "127.0.0.1"
server.port = $port
server.errorlog = "$dir/error.log"
server.modules = ( "mod_setenv" )
setenv.set-environment = ( $set )
include "$dir/broadsheet.conf"
alias.url += ( "/bin/" => "$bin/" )
\$HTTP["url"] =~ "^/bin/" { cgi.assign = ( "" => "" ) }
END
    return _start({ name => 'lighttpd', dir => $dir, port => $port, command => [ $binary, '-D', '-f', "$dir/lighttpd.conf" ] });
}

sub apache {
    my (%programs) = @_;
    my $binary = _find('apache2') // return undef;
    my $env  = delete $programs{env} || {};
    my $dir  = temp_dir();
    my $port = _free_port();
    my $bin  = _install($dir, %programs);
    mkdir "$dir/www";
    spew("$dir/broadsheet.conf", _contrib('apache/broadsheet.conf.in', libexecdir => $bin));
    my $modules = join '', map { -e "/usr/lib/apache2/modules/mod_$_.so" ? "LoadModule ${_}_module /usr/lib/apache2/modules/mod_$_.so\n" : () }
        qw(mpm_event authz_core alias cgid env);
    my $set = join '', map { qq(SetEnv $_ "$env->{$_}"\n) } sort keys %$env;
    my $user = $> == 0 ? "User www-data\nGroup www-data\n" : '';
    spew("$dir/apache.conf", <<"END");
ServerRoot "$dir"
ServerName 127.0.0.1
Listen 127.0.0.1:$port
PidFile "$dir/pid"
ErrorLog "$dir/error.log"
DocumentRoot "$dir/www"
DefaultRuntimeDir "$dir"
${modules}ScriptSock "$dir/cgisock"
$user${set}Include "$dir/broadsheet.conf"
ScriptAlias /bin/ "$bin/"
<Directory "$bin">
    Require all granted
</Directory>
END
    return _start({ name => 'Apache', dir => $dir, port => $port, command => [ $binary, '-D', 'FOREGROUND', '-f', "$dir/apache.conf" ] });
}

# nginx hands requests to fcgiwrap, which runs the program: only broadsheet.cgi, at /search. It needs no root.
sub nginx {
    my (%programs) = @_;
    my $binary = _find('nginx') // return undef;
    my $wrap   = _find('fcgiwrap') // return undef;
    my $env  = delete $programs{env} || {};
    my $dir  = temp_dir();
    my $port = _free_port();
    my $bin  = _install($dir, %programs);
    mkdir "$dir/www";
    my $site = _contrib('nginx/broadsheet.conf.in', libexecdir => $bin);
    $site =~ s{unix:/run/fcgiwrap\.socket}{unix:$dir/socket} or die 'nginx: which socket?';
    $site =~ s{include fastcgi_params}{include $dir/fastcgi_params} or die 'nginx: which parameters?';
    spew("$dir/fastcgi_params", map { "fastcgi_param $_->[0] \$$_->[1];\n" } [QUERY_STRING => 'query_string'], [REQUEST_METHOD => 'request_method'],
        [CONTENT_LENGTH => 'content_length'], [CONTENT_TYPE => 'content_type'], [SCRIPT_NAME => 'fastcgi_script_name'], [REQUEST_URI => 'request_uri']);
    spew("$dir/broadsheet.conf", $site);
    my $user = $> == 0 ? 'user root;' : '';
    spew("$dir/nginx.conf", <<"END");
daemon off;
master_process off;
$user
pid $dir/pid;
error_log $dir/error.log;
events { }
http {
    access_log off;
    client_body_temp_path $dir/body;
    fastcgi_temp_path $dir/fastcgi;
    proxy_temp_path $dir/proxy;
    scgi_temp_path $dir/scgi;
    uwsgi_temp_path $dir/uwsgi;
    server {
        listen 127.0.0.1:$port;
        root $dir/www;
        include $dir/broadsheet.conf;
    }
}
END
    my $pid = fork // die "fork: $!";
    if ($pid == 0) {
        POSIX::setpgid(0, 0);
        open STDIN,  '<', '/dev/null';
        open STDOUT, '>>', "$dir/out";
        open STDERR, '>>', "$dir/errors";
        %ENV = (PATH => $ENV{PATH}, %$env);
        exec { $wrap } $wrap, '-f', '-c', 2, '-s', "unix:$dir/socket" or POSIX::_exit(127);
    }
    POSIX::setpgid($pid, $pid);
    for (1 .. 100 * patience(1)) { last if -S "$dir/socket"; Time::HiRes::sleep(0.05) }
    return _start({ name => 'nginx', dir => $dir, port => $port, with => { pid => $pid }, command => [ $binary, '-e', "$dir/error.log", '-p', $dir, '-c', "$dir/nginx.conf" ] });
}

# ---------------------------------------------------------------------------------------------------- what always holds

# Markup that came from outside: what the attacks in tests/e2e spell. What stands inside quoted values of attributes is text.
sub has_script {
    my ($body) = @_;
    return "address: $&" if $body =~ /<[^>]*\b(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data|vbscript):/i;
    $body =~ s/(<[^<>"]*)((?:="[^"]*"[^<>"]*)*)>/my ($t, $v) = ($1, $2); $v =~ s{"[^"]*"}{""}g; "$t$v>"/ge;
    return "markup: $&" if $body =~ /<(?:script|img|svg|iframe|xss)\b/i;
    return "handler: $&" if $body =~ /<[^>]*[\s"]on\w+\s*=/i;
    return '';
}

# Is it a page in which every start tag is one of ours, and which is UTF-8 without control characters?
sub page_is_safe {
    my ($a) = @_;
    my $body = $a->{body};
    return 'not UTF-8' if !eval { Encode::decode('UTF-8', my $copy = $body, Encode::FB_CROAK()); 1 };
    return sprintf 'a control character, %02x', ord $& if $body =~ /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;
    return 'a bidi control' if $body =~ /\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]/;
    return has_script($body);
}

# Passes where the answer has every header that ours always have, and is safe.
sub answer_is_safe {
    my ($a, $title) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @wrong;
    my %want = (
        'content-type'            => qr{^(?:text/html|application/json|text/plain); charset=utf-8$},
        'x-content-type-options'  => qr/^nosniff$/,
        'referrer-policy'         => qr/^no-referrer$/,
        'content-security-policy' => qr/^(?!.*unsafe)(?!.*script-src)default-src 'none'/,
        'cache-control'           => qr/^(?:no-store|private, max-age=60)$/,
    );
    for my $name (sort keys %want) {
        push @wrong, "$name: " . ($a->{headers}{$name} // 'none') if ($a->{headers}{$name} // '') !~ $want{$name};
    }
    my $unsafe = ($a->{headers}{'content-type'} // '') =~ /json/ ? '' : page_is_safe($a);
    push @wrong, $unsafe if $unsafe;
    my $ok = Test::More::ok(!@wrong, $title);
    Test::More::diag(join "\n", @wrong) if !$ok;
    return $ok;
}

1;
