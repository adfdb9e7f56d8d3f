package io.strowger.runtime.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, for all services. Made by [SettingsLoader]; each record checks its
/// own ranges. What each key means stands in `strowger-defaults.yaml`.
public record Settings(
        Path dataDir,
        Http http,
        List<Secret> accessKeys,
        Auth auth,
        Ops ops,
        Sip sip,
        Rtp rtp,
        Kafka kafka,
        List<Application> applications,
        List<OwnedNumber> numbers,
        List<User> users,
        List<Trunk> trunks,
        Gateway gateway,
        Calls calls,
        Orchestrator orchestrator,
        Worker worker,
        MediaSettings media,
        Webhooks webhooks,
        Recordings recordings,
        Tracing tracing,
        Log log) {
    public Settings {
        for (int i = 0; i < accessKeys.size(); i++) {
            Check.base64("accessKeys[" + i + "]", accessKeys.get(i), "");
            Check.that(
                    !accessKeys.get(i).isEmpty(), "accessKeys[" + i + "]", "empty", "a base64 key");
        }
    }

    /// The same with another HTTP port.
    public Settings withHttpPort(int port) {
        return new Settings(
                dataDir,
                new Http(http.host(), port, http.tls(), http.publicUrl()),
                accessKeys,
                auth,
                ops,
                sip,
                rtp,
                kafka,
                applications,
                numbers,
                users,
                trunks,
                gateway,
                calls,
                orchestrator,
                worker,
                media,
                webhooks,
                recordings,
                tracing,
                log);
    }

    public record Http(String host, int port, Tls tls, String publicUrl) {
        public Http {
            Check.text("http.host", host);
            Check.port("http.port", port);
            if (!publicUrl.isEmpty()) {
                Check.that(
                        Check.isHttpUrl(publicUrl),
                        "http.publicUrl",
                        publicUrl,
                        "an http or https URL");
            }
        }
    }

    public record Tls(int port, String certificateFile, String keyFile) {
        public Tls {
            Check.that(port >= -1 && port <= 65535, "http.tls.port", port, "-1..65535");
            Check.that(
                    certificateFile.isEmpty() == keyFile.isEmpty(),
                    "http.tls.certificateFile",
                    certificateFile,
                    "both certificateFile and keyFile, or neither");
        }

        public boolean enabled() {
            return port >= 0;
        }
    }

    /// @param accessKeyFiles one base64 key each, read again while services run; empty:
    ///   `accessKeys`
    public record Auth(
            List<String> allowedResourceHosts,
            List<String> accessKeyFiles,
            String resourceId,
            JwtSettings jwt) {}

    public record Ops(int port) {
        public Ops {
            Check.port("ops.port", port);
        }
    }

    /// @param tcp whether SIP is spoken over TCP too
    /// @param usersSrtp the media of users' phones: `off`, `prefer` or `require`
    public record Sip(
            String host,
            int port,
            String advertisedHost,
            boolean tcp,
            SipTls tls,
            String usersSrtp,
            Bans bans) {
        public Sip {
            Check.text("sip.host", host);
            Check.port("sip.port", port);
            Check.that(
                    !advertisedHost.equals("0.0.0.0") && !advertisedHost.equals("::"),
                    "sip.advertisedHost",
                    advertisedHost,
                    "an address that phones and trunks reach, or empty");
            usersSrtp = srtpPolicy("sip.usersSrtp", usersSrtp);
        }
    }

    /// Of sources that scan.
    ///
    /// @param offences that make a ban; 0: nobody is banned
    public record Bans(int offences, Duration within, Duration time) {
        public Bans {
            Check.that(offences >= 0, "sip.bans.offences", offences, "at least 0");
            Check.positive("sip.bans.within", within);
            Check.positive("sip.bans.time", time);
        }
    }

    /// @param trustFile PEM of those who vouch for the peers that we connect to; empty: the JDK's
    public record SipTls(int port, String certificateFile, String keyFile, String trustFile) {
        public SipTls {
            Check.that(port >= -1 && port <= 65535, "sip.tls.port", port, "-1..65535");
            Check.that(
                    certificateFile.isEmpty() == keyFile.isEmpty(),
                    "sip.tls.certificateFile",
                    certificateFile,
                    "both certificateFile and keyFile, or neither");
        }

        public boolean enabled() {
            return port >= 0;
        }

        /// The part that is as for https.
        public Tls certificate() {
            return new Tls(port, certificateFile, keyFile);
        }
    }

    private static final Set<String> SRTP_POLICIES = Set.of("off", "prefer", "require");

    /// A bare `off` is `false` to YAML.
    private static String srtpPolicy(String key, String set) {
        String policy = set.equals("false") ? "off" : set;
        Check.that(SRTP_POLICIES.contains(policy), key, set, "off, prefer or require");
        return policy;
    }

    /// RTP takes even ports, RTCP the odd one above each.
    public record Rtp(int portMin, int portMax) {
        public Rtp {
            Check.port("rtp.portMin", portMin);
            Check.port("rtp.portMax", portMax);
            Check.that(
                    (portMin == 0 && portMax == 0)
                            || (portMin >= 1024 && portMin % 2 == 0 && portMax > portMin),
                    "rtp.portMin",
                    portMin,
                    "even, at least 1024 and below rtp.portMax; or both 0");
        }
    }

    public record Kafka(
            String bootstrapServers,
            int port,
            int partitions,
            short replicationFactor,
            Map<String, String> client) {
        public Kafka {
            Check.port("kafka.port", port);
            Check.that(
                    partitions >= 1 && partitions <= 1000,
                    "kafka.partitions",
                    partitions,
                    "1..1000");
            Check.that(
                    replicationFactor >= 1,
                    "kafka.replicationFactor",
                    replicationFactor,
                    "at least 1");
            client = Map.copyOf(client);
        }

        public boolean embedded() {
            return bootstrapServers.isEmpty();
        }
    }

    public record Application(
            String name, @Nullable URI incomingCallUrl, @Nullable URI eventsUrl) {}

    public record OwnedNumber(String number, @Nullable String application, @Nullable String user) {
        public OwnedNumber {
            Check.that(
                    (application == null) != (user == null),
                    "numbers",
                    number,
                    "either application or user for each number");
        }
    }

    public record User(String id, String sipUsername, Secret password) {}

    /// A SIP peer that calls are sent to.
    ///
    /// @param prefixes numbers that go this way, e.g. `+1`; empty: all
    /// @param uri `sips:` is short for `transport=tls`
    /// @param allowedAddresses host or host:port that calls come from
    /// @param srtp `off`, `prefer` or `require`
    public record Trunk(
            String name,
            String uri,
            @Nullable List<String> prefixes,
            @Nullable List<String> allowedAddresses,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable Integer maxCallsPerSecond,
            @Nullable Integer maxChannels,
            @Nullable String srtp) {
        public Trunk {
            Check.that(
                    uri.startsWith("sip:") || uri.startsWith("sips:"),
                    "trunks.uri",
                    uri,
                    "a SIP URI such as sip:10.0.0.1:5060;transport=udp or sips:trunk.example.com");
            srtp = srtpPolicy("trunks.srtp", srtp == null ? "off" : srtp);
            prefixes = prefixes == null ? List.of() : List.copyOf(prefixes);
            allowedAddresses = allowedAddresses == null ? List.of() : List.copyOf(allowedAddresses);
            maxCallsPerSecond = maxCallsPerSecond == null ? 50 : maxCallsPerSecond;
            maxChannels = maxChannels == null ? 500 : maxChannels;
            Check.that(
                    maxCallsPerSecond >= 1,
                    "trunks.maxCallsPerSecond",
                    maxCallsPerSecond,
                    "at least 1");
            Check.that(maxChannels >= 1, "trunks.maxChannels", maxChannels, "at least 1");
        }
    }

    public record Gateway(
            Duration replyTimeout, int replyPartition, int maxBodyBytes, int maxInFlight) {
        public Gateway {
            Check.positive("gateway.replyTimeout", replyTimeout);
            Check.that(
                    replyPartition >= 0 && replyPartition <= 31,
                    "gateway.replyPartition",
                    replyPartition,
                    "0..31");
            Check.that(maxBodyBytes >= 1024, "gateway.maxBodyBytes", maxBodyBytes, "at least 1024");
            Check.that(maxInFlight >= 1, "gateway.maxInFlight", maxInFlight, "at least 1");
        }
    }

    /// @param phonesTransferToNumbers whether a phone's REFER may lead to any number that a trunk
    ///   leads to
    /// @param allowedPrefixes of numbers that may be rung; empty: all that a trunk leads to
    /// @param deniedPrefixes of numbers that may not; of both the longest that fits counts
    /// @param perSecond new outbound legs a second, of one access key and gateway; 0: any
    /// @param maxConcurrent calls at a time, of one access key; 0: any
    public record Calls(
            Duration ringTimeout,
            Duration incomingRingTimeout,
            boolean phonesTransferToNumbers,
            List<String> allowedPrefixes,
            List<String> deniedPrefixes,
            int perSecond,
            int maxConcurrent,
            Duration maxDuration,
            Duration endedRetention,
            Duration repeatabilityRetention) {
        public Calls {
            allowedPrefixes = List.copyOf(allowedPrefixes);
            deniedPrefixes = List.copyOf(deniedPrefixes);
            prefixes("calls.allowedPrefixes", allowedPrefixes);
            prefixes("calls.deniedPrefixes", deniedPrefixes);
            Check.that(perSecond >= 0, "calls.perSecond", perSecond, "at least 0");
            Check.that(maxConcurrent >= 0, "calls.maxConcurrent", maxConcurrent, "at least 0");
            Check.positive("calls.ringTimeout", ringTimeout);
            Check.positive("calls.incomingRingTimeout", incomingRingTimeout);
            Check.positive("calls.maxDuration", maxDuration);
            Check.positive("calls.endedRetention", endedRetention);
            Check.positive("calls.repeatabilityRetention", repeatabilityRetention);
        }

        private static void prefixes(String key, List<String> prefixes) {
            for (String prefix : prefixes) {
                Check.that(prefix.matches("\\+[0-9]{1,15}"), key, prefix, "prefixes such as +4490");
            }
        }
    }

    public record Orchestrator(int ordinal, Duration workerLostAfter, Duration sessionTimeout) {
        public Orchestrator {
            Check.positive("orchestrator.sessionTimeout", sessionTimeout);
            Check.that(ordinal >= -1 && ordinal <= 999, "orchestrator.ordinal", ordinal, "-1..999");
            Check.positive("orchestrator.workerLostAfter", workerLostAfter);
        }
    }

    public record Worker(int ordinal) {
        public Worker {
            Check.that(ordinal >= -1 && ordinal <= 63, "worker.ordinal", ordinal, "-1..63");
        }
    }

    public record Webhooks(
            Duration timeout,
            int concurrency,
            boolean allowPrivateAddresses,
            Secret signingSecret,
            TrustSettings tls) {
        public Webhooks {
            Check.positive("webhooks.timeout", timeout);
            Check.that(concurrency >= 1, "webhooks.concurrency", concurrency, "at least 1");
            Check.base64("webhooks.signingSecret", signingSecret, "whsec_");
        }
    }

    /// @param directory of finished files (store `file`) and of those that still grow
    /// @param contentUrl where the gateway reaches the content port; empty: the same machine
    /// @param containers buckets of applications' own that recordings may go to
    public record Recordings(
            String store,
            String directory,
            Duration retention,
            int contentPort,
            String contentUrl,
            S3 s3,
            List<Container> containers) {
        public Recordings {
            Check.that(
                    store.equals("file") || store.equals("s3"),
                    "recordings.store",
                    store,
                    "file or s3");
            Check.positive("recordings.retention", retention);
            Check.port("recordings.contentPort", contentPort);
            Check.that(
                    contentUrl.isEmpty() || Check.isHttpUrl(contentUrl),
                    "recordings.contentUrl",
                    contentUrl,
                    "an http or https URL");
            containers = List.copyOf(containers);
            Check.that(
                    !store.equals("s3") || !s3.bucket().isEmpty(),
                    "recordings.s3.bucket",
                    s3.bucket(),
                    "the bucket, as recordings.store is s3");
        }
    }

    /// Any store that speaks S3.
    ///
    /// @param endpoint empty: AWS
    /// @param accessKeyId empty: as the AWS SDK finds credentials (environment, profile, role)
    /// @param pathStyle `endpoint/bucket/key` instead of `bucket.endpoint/key`
    public record S3(
            String endpoint,
            String region,
            String bucket,
            String prefix,
            String accessKeyId,
            Secret secretAccessKey,
            boolean pathStyle) {
        public S3 {
            Check.that(
                    endpoint.isEmpty() || Check.isHttpUrl(endpoint),
                    "recordings.s3.endpoint",
                    endpoint,
                    "an http or https URL");
        }
    }

    /// A bucket of an application's own.
    ///
    /// @param url `scheme://host[:port]/bucket[/prefix]`
    public record Container(URI url, String region, String accessKeyId, Secret secretAccessKey) {
        public Container {
            Check.that(
                    ContainerUrls.place(url).isPresent(),
                    "recordings.containers.url",
                    url,
                    "scheme://host[:port]/bucket[/prefix], without query or percent signs");
        }
    }

    /// @param sampleRatio of the traces that begin here, 0..1; who called decides about its own
    public record Tracing(Otlp otlp, double sampleRatio) {
        public static final Tracing OFF = new Tracing(new Otlp(""), 1);

        public Tracing {
            Check.that(
                    sampleRatio >= 0 && sampleRatio <= 1,
                    "tracing.sampleRatio",
                    sampleRatio,
                    "0..1");
        }
    }

    /// @param endpoint base URL of a collector, without `/v1/traces`; empty: nothing is traced
    public record Otlp(String endpoint) {
        public Otlp {
            Check.that(
                    endpoint.isEmpty() || Check.isHttpUrl(endpoint),
                    "tracing.otlp.endpoint",
                    endpoint,
                    "an http or https URL");
        }
    }

    public record Log(String level, String format) {
        public Log {
            Check.that(
                    List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE").contains(level),
                    "log.level",
                    level,
                    "ERROR, WARN, INFO, DEBUG or TRACE");
            Check.that(
                    format.equals("json") || format.equals("text"),
                    "log.format",
                    format,
                    "json or text");
        }
    }
}
