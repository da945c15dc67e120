#!/bin/bash
# Make the captures of captures/ again, all or those named: scripts/make-captures.sh [NAME]...
#
# Needs root (network namespaces, raw sockets) and: iproute2 tcpdump curl ping traceroute dnsmasq isc-dhcp-client openssl snmp snmpd snmptrapd python3, /dev/net/tun.
# No traffic leaves the machine: everything runs between namespaces that this script makes and removes, over cables played by
# captures/wire.py. Addresses are those set aside for documentation. After a change, make the golden files again
# (tests/golden.rs says how): sequence numbers, ports and times differ from run to run.
set -euo pipefail
cd "$(dirname "$0")/captures"
out=$(cd ../.. && pwd)/captures
work=$(mktemp -d)
wanted=("$@")
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C

# Names of the namespaces begin with $HOSTS, so that two runs need not meet.
hosts=${HOSTS:-wg}
A=$hosts-a B=$hosts-b R=$hosts-r
A4=192.0.2.1 B4=192.0.2.2 A6=2001:db8::1 B6=2001:db8::2

pids=()
stop_all() {
    [ ${#pids[@]} = 0 ] || sleep 0.2 # a program that was only just started must be itself before it is told to end
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    pids=()
    for ns in $A $B $R; do ip netns del "$ns" 2>/dev/null || true; done
    rm -rf /etc/netns/$A
}
trap 'stop_all; rm -rf "$work"' EXIT

want() {
    [ ${#wanted[@]} = 0 ] && return 0
    for name in "${wanted[@]}"; do [ "$name" = "$1" ] && return 0; done
    return 1
}

in_ns() { ns=$1; shift; ip netns exec "$ns" "$@"; }
# back NS COMMAND...: a server in the background. (No function in between: the number must be that of the program.)
back() { ns=$1; shift; ip netns exec "$ns" "$@" >>"$work/log" 2>&1 & pids+=($!); }

# Wait until a TCP or UDP port is open in a namespace.
until_open() {
    for _ in $(seq 50); do
        [ -n "$(in_ns "$1" ss -Hlntu "sport = :$2")" ] && return
        sleep 0.1
    done
    echo "nobody listens on port $2" >&2; exit 1
}

namespace() {
    ip netns add "$1"
    in_ns "$1" sysctl -qw net.ipv6.conf.default.accept_dad="${dad:-0}" net.ipv6.conf.all.accept_dad="${dad:-0}" \
        net.ipv6.conf.default.router_solicitations=0 net.ipv6.conf.default.mldv2_unsolicited_report_interval=100
    in_ns "$1" ip link set lo up
}

# wire NS:DEVICE NS:DEVICE [options of wire.py]
wire() {
    rm -f "$work/wire"; touch "$work/wire"
    python3 -u wire.py "$@" >"$work/wire" 2>>"$work/log" & pids+=($!)
    for _ in $(seq 50); do grep -q ready "$work/wire" && return; sleep 0.1; done
    cat "$work/log"; exit 1
}

# up NS DEVICE MAC [ADDRESS]...
up() {
    ns=$1 dev=$2 mac=$3; shift 3
    [ "$mac" = - ] || in_ns "$ns" ip link set "$dev" address "$mac"
    in_ns "$ns" ip link set "$dev" mtu "${mtu:-1500}" up
    for address in "$@"; do in_ns "$ns" ip address add "$address" dev "$dev"; done
}

# Two hosts on one cable.
two_hosts() {
    stop_all
    namespace $A; namespace $B
    wire $A:eth0 $B:eth0 "$@"
    up $A eth0 02:00:00:00:00:01 $A4/24 $A6/64
    up $B eth0 02:00:00:00:00:02 $B4/24 $B6/64
    # Let neighbours find each other first, so that captures hold only what they are about.
    [ -n "${cold:-}" ] || in_ns $A sh -c "ping -qc1 -W1 $B4; ping -qc1 -W1 $B6" >/dev/null 2>&1 || true
}

# record NAME NS DEVICE "FILTER" [tcpdump options]: begins to capture; `done_recording` ends it.
record() {
    name=$1 ns=$2 dev=$3 filter=$4; shift 4
    rm -f "$work/dump"; touch "$work/dump"
    ip netns exec "$ns" tcpdump -i "$dev" -w "$work/$name.pcap" -U --immediate-mode -Z root "$@" "$filter" 2>"$work/dump" &
    dump=$!
    for _ in $(seq 50); do grep -q 'listening on' "$work/dump" && return; sleep 0.1; done
    cat "$work/dump"; exit 1
}
done_recording() {
    sleep 0.3
    kill -TERM $dump; wait $dump || true
    cp "$work/$name.pcap" "$out/$name.pcap"
    echo "$name: $(grep -o '^[0-9]* packets captured' "$work/dump")"
}

# simple NAME SERVER-PORT "FILTER" CLIENT...: one client on A, server(s) already running on B, captured at A.
simple() {
    name=$1 filter=$2; shift 2
    want "$name" || return 0
    record "$name" $A eth0 "$filter"
    in_ns $A timeout 20 "$@" >>"$work/log" 2>&1 || true
    done_recording
}
client() { simple "$1" "$2" python3 client.py "${@:3}"; }
fetch() { simple "$1" "tcp port 80" curl -sS -o /dev/null "${@:2}"; }

### TCP
two_hosts
back $B python3 client.py tcp_echo_server $B4 4007; until_open $B 4007
back $B python3 client.py tcp_echo_server $B6 4008; until_open $B 4008
client tcp-handshake-close "tcp port 4007" tcp_echo $B4 4007
client tcp-ipv6 "tcp port 4008" tcp_echo $B6 4008
client tcp-refused "tcp port 81" tcp_refused $B4 81
client tcp-abort "tcp port 4007" tcp_abort $B4 4007
client tcp-half-close "tcp port 4007" tcp_half_close $B4 4007
client tcp-keep-alive "tcp port 4007" tcp_keep_alive $B4 4007
client tcp-urgent "tcp port 4007" tcp_urgent $B4 4007
back $B python3 client.py tcp_slow_server $B4 9; until_open $B 9
client tcp-zero-window "tcp port 9" tcp_send $B4 9 24

# Lost, doubled and overtaken segments; seen by the sender, then by the receiver.
loss=(ab:drop:4 ab:twice:8 ab:hold:12:2 ab:drop:17:18 ba:drop:2)
for side in sender receiver; do
    want tcp-loss-$side || continue
    two_hosts "${loss[@]}"
    back $B python3 client.py tcp_sink_server $B4 9; until_open $B 9
    [ $side = sender ] && at=$A || at=$B
    record tcp-loss-$side "$at" eth0 "tcp port 9"
    in_ns $A python3 client.py tcp_send $B4 9 24 0.004
    done_recording
done

if want tcp-fast-retransmission; then
    two_hosts ab:drop:3
    back $B python3 client.py tcp_sink_server $B4 9; until_open $B 9
    # Three duplicate ACKs as RFC 5681 has it, not the sender's clock (RACK).
    in_ns $A sysctl -qw net.ipv4.tcp_recovery=0 net.ipv4.tcp_early_retrans=0
    client tcp-fast-retransmission "tcp port 9" tcp_burst $B4 9 20000
fi

### HTTP
two_hosts
back $B python3 http_server.py $B4 80; until_open $B 80
back $B python3 http_server.py $B6 80
W=http://$B4
fetch http-keep-alive $W/ -o /dev/null $W/text -o /dev/null "$W/json?q=a%20b&lang=de"
client http-pipelining "tcp port 80" http_pipeline $B4 80
client http-split "tcp port 80" http_split $B4 80
simple http-statuses "tcp port 80" sh -c "
    curl -sSI $W/text; curl -sS $W/empty $W/same $W/moved $W/nowhere $W/teapot $W/error
    curl -sS -T http_server.py -H 'Expect: 100-continue' $W/upload"
simple http-forms "tcp port 80" sh -c "
    curl -sS -d 'name=Ada Lovelace' --data-urlencode 'motto=50% & more=?' $W/form
    curl -sS -F 'name=Ada' -F 'note=two
lines;type=text/plain' $W/form"
fetch http-chunked $W/chunked -o /dev/null $W/chunked-gzip
simple http-upload-chunked "tcp port 80" sh -c "printf 'sent in chunks\n' | curl -sS -H 'Transfer-Encoding: chunked' -T - $W/upload"
fetch http-gzip --compressed $W/gzip
fetch http-deflate --compressed $W/deflate
fetch http-brotli --compressed $W/brotli
fetch http-json $W/json
fetch http-xml $W/xml
fetch http-big $W/big
fetch http-until-close $W/until-close
fetch http-ipv6 "http://[$B6]/form" -u Aladdin:opensesame -e http://www.example.org/ -b "a=1; b=2"

### FTP
if want ftp; then
    # The addresses of the book's session.
    two_hosts
    up $A eth0 - 192.168.0.4/32; in_ns $A ip route add 199.204.44.194 dev eth0 src 192.168.0.4
    up $B eth0 - 199.204.44.194/32; in_ns $B ip route add 192.168.0.4 dev eth0 src 199.204.44.194
    in_ns $A ping -qc1 -W1 199.204.44.194 >/dev/null 2>&1 || true
    back $B python3 ftp_server.py 199.204.44.194 21 "Welcome to kernel.org"; until_open $B 21
    simple ftp tcp python3 ftp_client.py book 199.204.44.194
fi
two_hosts
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" -days 36500 -subj /CN=ftp.example.net 2>/dev/null
back $B python3 ftp_server.py $B4 21 "FTP server ready" "$work/cert.pem" "$work/key.pem"; until_open $B 21
back $B python3 ftp_server.py $B6 21
back $B python3 ftp_server.py $B4 2121 "FTP server ready"; until_open $B 2121
simple ftp-active tcp python3 ftp_client.py active $B4
simple ftp-extended tcp python3 ftp_client.py extended $B6
simple ftp-tls tcp python3 ftp_client.py tls $B4
simple ftp-port tcp python3 ftp_client.py book $B4 2121

### SSDP
back $B python3 client.py ssdp_server eth0 $B4; until_open $B 1900
# Answers come from the router's port, searches from any.
client ssdp "udp port 1900" ssdp eth0 $A4

### The texts' own programs; mail and terminals in the clear
for pair in tcp-time:12345 udp-hello:12345 tcp-sum:12346 tcp-echo:4040 tcp-framing:4040 tcp-chat:4040 pop3:110 \
    imap:143 imap-stacked:143 imap-more:143 telnet:23; do
    name=${pair%:*} port=${pair#*:}
    want "$name" || continue
    two_hosts
    back $B python3 texts.py server "$name" $B4 "$port"; until_open $B "$port"
    simple "$name" "port $port" python3 texts.py client "$name" $B4 "$port"
done
### SMTP
two_hosts
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=foo.com \
    -keyout "$work/key.pem" -out "$work/certificate.pem" 2>>"$work/log"
back $B python3 smtp_server.py $B4 25; until_open $B 25
back $B python3 smtp_server.py $B6 587; until_open $B 587
mail() { simple "$1" "tcp port $4" python3 smtp_client.py "${@:2}"; }
mail smtp book $B4 25
mail smtp-mime mime $B4 25
mail smtp-auth auth $B6 587
mail smtp-pipelining pipelining $B6 587
back $B python3 smtp_server.py $B4 587 "$work/certificate.pem" "$work/key.pem"
for _ in $(seq 50); do [ "$(in_ns $B ss -Hlnt "sport = :587" | wc -l)" = 2 ] && break; sleep 0.1; done
mail smtp-auth-tls auth_tls $B4 587

### DNS
two_hosts
back $B python3 dns_server.py $B4 53; until_open $B 53
back $B python3 dns_server.py $B6 53
client dns-records "udp port 53" dns $B4 53 www.example.org/1 www.example.org/28 alias.example.org/1 example.org/15 \
    example.org/2 example.org/16 example.org/6 80.2.0.192.in-addr.arpa/12 _http._tcp.example.org/33 host.example.org/13 \
    host.example.org/29 example.org/35 old.example.org/39 example.org/257 host.example.org/255
client dns-security "udp port 53" dns $B4 53 host.example.org/44/edns _443._tcp.www.example.org/52/edns example.org/43/edns \
    example.org/48/edns example.org/46/edns example.org/47/edns
client dns-svcb "udp port 53" dns $B4 53 www.example.org/65 _dns.example.org/64 alias-form.example.org/65
client dns-errors "udp port 53" dns $B4 53 nobody.example.org/1 www.example.org/99 www.example.com/1 www.example.com/1/edns
client dns-truncated "port 53" dns $B4 53 big.example.org/16 big.example.org/16/edns
client dns-ipv6 "udp port 53" dns $B6 53 www.example.org/28 www.example.org/1/edns
if want dns-resolver; then
    two_hosts
    mkdir -p /etc/netns/$A
    echo "nameserver $B4" >/etc/netns/$A/resolv.conf
    back $B dnsmasq -k -h -R --no-daemon --log-facility=- --user=root --listen-address=$B4 --bind-interfaces \
        --host-record=www.example.org,192.0.2.80,2001:db8::80 --cname=alias.example.org,www.example.org \
        --mx-host=example.org,mail.example.org --txt-record=example.org,hello --local=/example.org/ --pid-file=
    until_open $B 53
    record dns-resolver $A eth0 "udp port 53"
    in_ns $A sh -c "getent ahosts www.example.org; getent ahosts alias.example.org; getent hosts nobody.example.org" >/dev/null || true
    done_recording
fi
if want mdns; then
    two_hosts
    back $B python3 dns_server.py multicast $B4 5353 224.0.0.251; until_open $B 5353
    client mdns "udp port 5353" multicast_query $A4 224.0.0.251 5353 0 _ipp._tcp.local/12 printer.local/1 printer.local/28
fi
if want llmnr; then
    two_hosts
    back $B python3 dns_server.py multicast $B4 5355 224.0.0.252; until_open $B 5355
    client llmnr "udp port 5355 or (udp and src port 5355)" multicast_query $A4 224.0.0.252 5355 beef classroom/1 absent/1
fi

### Time and addresses
for name in nbns ntp ntp-modes dhcp-options; do
    want $name || continue
    python3 made.py $name "$out/$name.pcap"; echo $name
done
# A lease: ISC's dhclient asks dnsmasq, then gives the address back. (The client's own script is left out: nothing is to be changed.)
cat >"$work/dhclient.conf" <<CONF
send host-name "classroom";
request subnet-mask, broadcast-address, routers, domain-name, domain-name-servers, ntp-servers, domain-search;
also request dhcp6.name-servers, dhcp6.domain-search;
CONF
lease() { # lease NAME "FILTER" VERSION
    want "$1" || return 0
    stop_all
    namespace $A; namespace $B
    wire $A:eth0 $B:eth0
    up $A eth0 02:00:00:00:00:01
    up $B eth0 02:00:00:00:00:02 $B4/24 $B6/64
    sleep 0.5
    back $B dnsmasq -k -R --no-hosts --port=0 --user=root --interface=eth0 --bind-interfaces --dhcp-authoritative --pid-file= \
        --leasefile-ro --log-facility=- --domain=example.org --dhcp-range=192.0.2.7,192.0.2.7,1h \
        --dhcp-range=2001:db8::7,2001:db8::7,64,1h --dhcp-option=3,192.0.2.254 --dhcp-option=6,192.0.2.2 --dhcp-option=42,192.0.2.2 \
        --dhcp-option=119,lab.example.org,example.org --dhcp-option=option6:dns-server,[2001:db8::2] \
        --dhcp-option=option6:domain-search,lab.example.org
    sleep 1
    record "$1" $A eth0 "$2"
    for what in -1 -r; do
        in_ns $A timeout 20 dhclient "$3" $what -cf "$work/dhclient.conf" -lf "$work/leases$3" -pf "$work/pid$3" -sf /bin/true eth0 \
            >>"$work/log" 2>&1 || true
        sleep 0.3
    done
    done_recording
}
touch "$work/leases-4" "$work/leases-6"
lease dhcp "udp port 67 or udp port 68" -4
lease dhcpv6 "udp port 546 or udp port 547" -6

### SNMP: Net-SNMP's programs ask its agent, and hear of events
if want snmp-get || want snmp-walk || want snmp-events || want snmp-v3 || want snmp-tcp; then
    two_hosts
    cat >"$work/snmpd.conf" <<CONF
agentAddress udp:$B4:161,tcp:$B4:161
sysDescr Example switch, 8 ports
sysObjectID 1.3.6.1.4.1.8072.3.2.10
sysName switch.example
sysContact ops@example.org
sysLocation Room 5
sysServices 2
view teach included .1.3.6.1.2.1.1
view teach excluded .1.3.6.1.2.1.1.8
view teach excluded .1.3.6.1.2.1.1.9
view teach included .1.3.6.1.2.1.2.1
view teach included .1.3.6.1.2.1.11.30
rocommunity public default -V teach
rwcommunity private default -V teach
createUser alice SHA "authentic secret" AES "private secret"
createUser bob MD5 "another secret"
rouser alice priv -V teach
rouser bob auth -V teach
engineIDType 3
engineIDNic eth0
CONF
    printf 'disableAuthorization yes\nsnmpTrapdAddr udp:%s:162\n' $A4 >"$work/snmptrapd.conf"
    export SNMP_PERSISTENT_DIR=$work/snmp MIBS=
    mkdir -p "$SNMP_PERSISTENT_DIR"
    back $B snmpd -f -Lo -C -c "$work/snmpd.conf"; until_open $B 161
    back $A snmptrapd -f -n -Lo -C -c "$work/snmptrapd.conf"; until_open $A 162
    S=1.3.6.1.2.1.1
    if want snmp-get; then
        record snmp-get $A eth0 "udp port 161"
        in_ns $A snmpget -v2c -c public -On $B4 $S.1.0 >>"$work/log" 2>&1
        done_recording
    fi
    if want snmp-walk; then
        record snmp-walk $A eth0 "udp port 161"
        for version in 1 2c; do in_ns $A snmpwalk -v$version -c public -On $B4 $S >>"$work/log" 2>&1 || true; done
        in_ns $A snmpbulkget -v2c -c public -On -Cn1 -Cr4 $B4 $S.3 $S.3 >>"$work/log" 2>&1 || true
        # What is not there: an error in version 1, a mark in the variable's place in 2c. And changes, one refused.
        for version in 1 2c; do in_ns $A snmpget -v$version -c public -On $B4 $S.6.0 $S.6.1 >>"$work/log" 2>&1 || true; done
        in_ns $A snmpset -v2c -c private -On $B4 1.3.6.1.2.1.11.30.0 i 2 >>"$work/log" 2>&1 || true
        in_ns $A snmpset -v2c -c private -On $B4 $S.1.0 s other >>"$work/log" 2>&1 || true
        done_recording
    fi
    if want snmp-events; then
        record snmp-events $A eth0 "udp port 162"
        in_ns $B snmptrap -v1 -c public $A4 1.3.6.1.4.1.8072.3.2.10 $B4 2 0 4711 1.3.6.1.2.1.2.2.1.1.3 i 3 >>"$work/log" 2>&1
        in_ns $B snmptrap -v2c -c public $A4 4711 1.3.6.1.6.3.1.1.5.4 1.3.6.1.2.1.2.2.1.1.3 i 3 >>"$work/log" 2>&1
        in_ns $B snmpinform -v2c -c public $A4 4712 1.3.6.1.6.3.1.1.5.1 >>"$work/log" 2>&1 || true
        done_recording
    fi
    if want snmp-v3; then
        record snmp-v3 $A eth0 "udp port 161"
        in_ns $A snmpget -v3 -l authPriv -u alice -a SHA -A "authentic secret" -x AES -X "private secret" -On $B4 $S.1.0 >>"$work/log" 2>&1 || true
        in_ns $A snmpget -v3 -l authNoPriv -u bob -a MD5 -A "another secret" -On $B4 $S.5.0 >>"$work/log" 2>&1 || true
        in_ns $A snmpget -v3 -l authNoPriv -u mallory -a MD5 -A "a wrong guess" -On $B4 $S.5.0 >>"$work/log" 2>&1 || true
        done_recording
    fi
    if want snmp-tcp; then
        record snmp-tcp $A eth0 "tcp port 161"
        in_ns $A snmpwalk -v2c -c public -On tcp:$B4:161 $S >>"$work/log" 2>&1 || true
        done_recording
    fi
    unset SNMP_PERSISTENT_DIR MIBS
fi

### UDP, ICMP
two_hosts
back $B python3 client.py udp_echo_server $B4 4007; until_open $B 4007
back $B python3 client.py udp_echo_server $B6 4008; until_open $B 4008
client udp-echo "udp port 4007" udp_echo $B4 4007
client udp-ipv6 "udp port 4008" udp_echo $B6 4008
client udp-closed "udp port 81 or icmp" udp_closed $B4 81
client udp-closed-ipv6 "udp port 81 or icmp6" udp_closed $B6 81
client udp-fragments "udp or ip[6:2] & 0x3fff != 0" udp_big $B4 4007
simple ping "icmp" ping -c 3 -i 0.2 $B4
simple ping-ipv6 "icmp6 and ip6[40] >= 128 and ip6[40] <= 129" ping -c 3 -i 0.2 $B6
simple ping-options "icmp" sh -c "ping -c 1 -R $B4; ping -c 1 -T tsandaddr $B4; ping -c 1 -Q 0xb8 -t 9 $B4"
simple fragments "icmp or ip[6:2] & 0x3fff != 0" ping -c 2 -i 0.2 -s 4000 $B4
simple fragments-ipv6 "ip6 and ip6[40] != 143" ping -c 2 -i 0.2 -s 4000 $B6

# A router between the two: expired hop limits, a packet too big for the second cable, an unreachable network.
stop_all
namespace $A; namespace $B; namespace $R
wire $A:eth0 $R:eth0
wire $R:eth1 $B:eth0
up $A eth0 02:00:00:00:00:01 192.0.2.1/25 2001:db8::1/64
up $R eth0 02:00:00:00:00:03 192.0.2.126/25 2001:db8::3/64
mtu=1280 up $R eth1 02:00:00:00:00:04 192.0.2.254/25 2001:db8:0:2::4/64
mtu=1280 up $B eth0 02:00:00:00:00:02 192.0.2.130/25 2001:db8:0:2::2/64
in_ns $R sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
in_ns $A ip route add default via 192.0.2.126; in_ns $A ip route add default via 2001:db8::3
in_ns $B ip route add default via 192.0.2.254; in_ns $B ip route add default via 2001:db8:0:2::4
in_ns $A sh -c "ping -qc1 192.0.2.130; ping -qc1 2001:db8:0:2::2" >/dev/null || true
simple traceroute "icmp or udp" traceroute -n -q 2 -w 1 -N 1 192.0.2.130
simple traceroute-ipv6 "udp or (icmp6 and ip6[40] < 5)" traceroute -6 -n -q 2 -w 1 -N 1 2001:db8:0:2::2
simple too-big "icmp or (icmp6 and (ip6[40] < 5 or ip6[40] == 128 or ip6[40] == 129))" \
    sh -c "ping -c 1 -M do -s 1400 192.0.2.130; ping -c 1 -M do -s 1300 2001:db8:0:2::2"
simple unreachable "icmp or (icmp6 and (ip6[40] < 5 or ip6[40] == 128))" sh -c "ping -c 1 -W 1 198.51.100.9; ping -c 1 -W 1 2001:db8:9::9"

### The link: neighbours, groups, bridges
if want arp; then
    cold=1 two_hosts
    simple arp arp sh -c "ping -qc1 -W1 $B4; ping -qc1 -W1 192.0.2.77; ip neigh flush all; ping -qc1 -W1 $B4; arping -c1 -A -I eth0 $A4 || true"
fi
if want ndp; then
    stop_all
    dad=1 namespace $A; namespace $B
    wire $A:eth0 $B:eth0
    up $B eth0 02:00:00:00:00:02 $B6/64
    in_ns $A ip link set eth0 address 02:00:00:00:00:01
    # The address of A is given while we record: duplicate address detection comes first.
    in_ns $A ip link set eth0 up; sleep 2
    simple ndp "icmp6 and ip6[40] >= 133 and ip6[40] <= 137" sh -c "ip address add $A6/64 dev eth0; sleep 2; ping -qc1 $B6
        python3 client.py router_solicitation eth0; ip netns exec $B python3 client.py router_advertisement eth0" || true
fi
if want mld || want igmp; then
    two_hosts
    in_ns $B sysctl -qw net.ipv4.conf.all.mc_forwarding=0 2>/dev/null || true
    client igmp igmp join $A4 233.252.0.1
    simple igmp-query igmp sh -c "python3 client.py join $A4 233.252.0.2 3 192.0.2.2 & sleep 1; ip netns exec $B python3 client.py igmp_query $B4 3
        sysctl -qw net.ipv4.conf.eth0.force_igmp_version=2; python3 client.py join $A4 233.252.0.3; wait" || true
    simple mld "ip6 and (ip6[6] == 0)" sh -c "python3 client.py join eth0 ff0e::db8:1 2 & sleep 1; ip netns exec $B python3 client.py mld_query eth0
        sysctl -qw net.ipv6.conf.eth0.force_mld_version=1; sleep 1.2; python3 client.py join eth0 ff0e::db8:2; wait" || true
fi
if want vlan; then
    two_hosts --tag 8100:5:3 --record "$work/trunk.pcap"
    in_ns $A ping -qc2 -i 0.2 $B4 >/dev/null; in_ns $A ping -qc1 $B6 >/dev/null
    cp "$work/trunk.pcap" "$out/vlan.pcap"; echo vlan
fi
if want qinq; then
    two_hosts --tag 88a8:100 --tag 8100:5 --record "$work/trunk.pcap"
    in_ns $A ping -qc2 -i 0.2 $B4 >/dev/null; in_ns $A ping -qc1 $B6 >/dev/null
    cp "$work/trunk.pcap" "$out/qinq.pcap"; echo qinq
fi
if want llc; then
    two_hosts
    client llc "ether[12:2] <= 1500" snap eth0
fi
if want stp; then
    stop_all
    namespace $A; namespace $B
    ip -n $A link add name p0 type veth peer name p1 netns $B
    ip -n $A link add name br0 type bridge stp_state 1 forward_delay 200 hello_time 100
    ip -n $A link set br0 address 02:00:00:00:00:0b
    ip -n $A link set p0 address 02:00:00:00:00:0a master br0
    ip -n $B link set p1 up; ip -n $A link set p0 up
    record stp $B p1 "stp"
    ip -n $A link set br0 up; sleep 4.5
    done_recording
fi
two_hosts
back $B python3 client.py udp_echo_server $B4 4007; until_open $B 4007
for version in 1 2; do
    want cooked-v$version || continue
    [ $version = 1 ] && kind=LINUX_SLL || kind=LINUX_SLL2
    record cooked-v$version $A any "udp or arp or icmp or icmp6" -y $kind
    in_ns $A sh -c "ping -qc1 127.0.0.1; ip neigh flush all; ping -qc1 $B6; python3 client.py udp_echo $B4 4007" >/dev/null
    done_recording
done
if want raw-ip; then
    stop_all
    namespace $A; namespace $B
    wire $A:tun0 $B:tun0 --tun
    up $A tun0 - $A4/24 $A6/64; up $B tun0 - $B4/24 $B6/64
    record raw-ip $A tun0 "icmp or (icmp6 and ip6[40] >= 128 and ip6[40] <= 129)"
    in_ns $A sh -c "ping -qc1 $B4; ping -qc1 $B6" >/dev/null
    done_recording
fi
if want loopback; then
    two_hosts
    back $A python3 http_server.py ::1 80; until_open $A 80
    record loopback $A lo "tcp port 80"
    in_ns $A curl -sS -o /dev/null "http://[::1]/text"
    done_recording
fi
if want snap-length; then
    two_hosts
    back $B python3 http_server.py $B4 80; until_open $B 80
    record snap-length $A eth0 "tcp port 80" -s 96
    in_ns $A curl -sS -o /dev/null "$W/text"
    done_recording
fi
stop_all

### Formats: the same frames in other files, and files gone bad. Always made, since they depend on those above.
mkdir -p "$out/formats" "$out/damaged"
r() { python3 rewrite.py "$@"; }
f=$out/formats d=$out/damaged
r null "$out/ping-ipv6.pcap" "$f/null.pcap"
r loop "$out/dns-ipv6.pcap" "$f/loop.pcap"
r raw "$out/udp-ipv6.pcap" "$f/raw.pcap"
r nanoseconds "$out/ping.pcap" "$f/nanoseconds-big-endian.pcap"
r comments "$out/tcp-handshake-close.pcap" "$f/comments.pcapng"
r interfaces "$out/ping.pcap" "$out/raw-ip.pcap" "$f/interfaces.pcapng"
r sections "$out/udp-echo.pcap" "$out/arp.pcap" "$f/sections.pcapng"
r blocks "$out/dns-records.pcap" "$f/blocks.pcapng"
r gzip "$out/http-gzip.pcap" "$f/compressed.pcap.gz"
r gzip "$f/comments.pcapng" "$f/compressed.pcapng.gz"
r cut "$out/ping.pcap" "$d/cut-in-frame.pcap" -50
r cut "$out/ping.pcap" "$d/cut-in-record-header.pcap" 345
r cut "$out/ping.pcap" "$d/header-only.pcap" 24
r cut "$f/comments.pcapng" "$d/cut.pcapng" -30
r cut "$f/compressed.pcap.gz" "$d/cut.pcap.gz" -60
r poke "$out/ping.pcap" "$d/impossible-length.pcap" 260 ffffffff
r poke "$f/comments.pcapng" "$d/lengths-disagree.pcapng" -4 aabbccdd
r poke "$f/compressed.pcapng.gz" "$d/checksum.pcapng.gz" -8 00000000

if strings -n 5 -r "$out"/*.pcap "$f"/* "$d"/* 2>/dev/null | grep -iE "$(hostname)|$HOME|$PWD|/home|linux [0-9]" ; then
    echo "a name of this machine is inside a capture" >&2; exit 1
fi
du -sh "$out"
