package io.strowger.standalone.chaos;

import io.strowger.standalone.platform.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The services as processes, several of a kind, on one machine. For one thread.
public final class Fleet implements AutoCloseable {
    private static final int PORTS_A_WORKER = 200;
    private final Path directory;
    private final Ports ports;
    private final Map<String, String> environment;
    private final Map<Member, ServiceProcess> members = new LinkedHashMap<>();

    /// One of the processes.
    ///
    /// @param ordinal 0, 1...
    public record Member(Services service, int ordinal) {
        String name() {
            return service.word() + "-" + ordinal;
        }
    }

    /// Where they listen.
    ///
    /// @param http of the first gateway; the next one has the next port
    /// @param sip of the first worker; the next one has the next port
    /// @param firstRtp of the first worker, which has 200; even
    public record Ports(int http, int sip, int firstRtp) {}

    /// @param directory for data and logs, made when missing
    /// @param environment the settings that all have in common, `STROWGER_...`
    public Fleet(Path directory, Ports ports, Map<String, String> environment) {
        this.directory = directory;
        this.ports = ports;
        this.environment = Map.copyOf(environment);
    }

    /// Starts the first `count` processes of a service, without waiting for them.
    public void launch(Services service, int count) throws IOException {
        for (int ordinal = 0; ordinal < count; ordinal++) {
            member(service, ordinal).launch();
        }
    }

    /// Waits for all that were launched.
    public void awaitStarted() throws IOException, InterruptedException {
        for (ServiceProcess member : members.values()) {
            if (member.isAlive()) {
                member.awaitStarted();
            }
        }
    }

    /// One of the processes, whether it runs or not.
    public ServiceProcess member(Services service, int ordinal) throws IOException {
        Member member = new Member(service, ordinal);
        ServiceProcess known = members.get(member);
        if (known == null) {
            Path home = Files.createDirectories(directory.resolve(member.name()));
            known = new ServiceProcess(service, settings(member), home.resolve("out.log"));
            members.put(member, known);
        }
        return known;
    }

    private Map<String, String> settings(Member member) {
        Map<String, String> settings = new HashMap<>(environment);
        int rtp = ports.firstRtp + member.ordinal * PORTS_A_WORKER;
        settings.put("POD_NAME", member.name());
        settings.put("STROWGER_DATADIR", directory.resolve("data").toString());
        settings.put("STROWGER_OPS_PORT", "0");
        settings.put("STROWGER_SIP_PORT", Integer.toString(ports.sip + member.ordinal));
        settings.put("STROWGER_HTTP_PORT", Integer.toString(ports.http + member.ordinal));
        settings.put("STROWGER_HTTP_TLS_PORT", "-1");
        settings.put("STROWGER_GATEWAY_REPLYPARTITION", Integer.toString(member.ordinal));
        settings.put("STROWGER_RTP_PORTMIN", Integer.toString(rtp));
        settings.put("STROWGER_RTP_PORTMAX", Integer.toString(rtp + PORTS_A_WORKER - 1));
        return settings;
    }

    @Override
    public void close() throws InterruptedException {
        for (ServiceProcess member : members.values()) {
            member.close();
        }
    }
}
