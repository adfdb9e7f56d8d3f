package io.strowger.standalone.command;

import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.AdminRoutes;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.ops.OpsServer;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.standalone.platform.Brokers;
import io.strowger.standalone.platform.Contexts;
import io.strowger.standalone.platform.Services;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// One service alone, with its ops port.
@Command(
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Connects to kafka.bootstrapServers, or else to the embedded broker that runs in the same",
            "dataDir (strowger broker). Health and metrics are on ops.port."
        })
final class ServiceCommand implements Callable<Integer> {
    private final Services which;
    @Mixin private SettingsOption settings = new SettingsOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    ServiceCommand(Services which) {
        this.which = which;
    }

    @Override
    public Integer call() throws Exception {
        Settings loaded = settings.load();
        Health health = new Health();
        Telemetry telemetry = new Telemetry(loaded.tracing());
        Vertx vertx = Vertx.vertx();
        // First, so that a process that waits for Kafka is alive and says what it waits for.
        OpsServer ops =
                OpsServer.start(
                        vertx, loaded.http().host(), loaded.ops().port(), health, telemetry);
        Service service;
        try {
            service =
                    started(
                            Contexts.awaitOpen(
                                    loaded, Brokers.bootstrapServers(loaded), health, telemetry));
        } catch (Exception e) {
            ops.close();
            throw e;
        }
        if (service instanceof AdminRoutes admin) {
            admin.mountAdmin(ops.router());
        }
        Foreground.stops(
                () -> {
                    service.stop();
                    ops.close();
                    telemetry.close();
                },
                which == Services.MEDIA_WORKER ? loaded.media().timeouts().drain() : Duration.ZERO);
        PrintWriter out = spec.commandLine().getOut();
        out.println("STARTED " + service.name());
        out.println("health             http://127.0.0.1:" + ops.port() + "/health/ready");
        out.println("metrics            http://127.0.0.1:" + ops.port() + "/metrics");
        out.flush();
        Foreground.run();
        return 0;
    }

    private Service started(ServiceContext context) throws Exception {
        Service service = which.in(context);
        try {
            service.start();
            return service;
        } catch (Exception e) {
            service.stop();
            throw e;
        }
    }
}
