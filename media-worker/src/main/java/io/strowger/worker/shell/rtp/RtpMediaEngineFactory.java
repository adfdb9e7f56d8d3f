package io.strowger.worker.shell.rtp;

import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.Settings;
import io.strowger.worker.MediaEngineFactory;
import io.strowger.worker.shell.prompt.Prompts;
import java.util.ArrayList;
import java.util.List;

/// Makes the RTP engine: media threads, ports, prompts.
public final class RtpMediaEngineFactory implements MediaEngineFactory {
    @Override
    public Running start(ServiceContext context, Outside outside) {
        Settings settings = context.settings();
        int threads = settings.media().threads();
        List<MediaAgent> agents = new ArrayList<>();
        for (int i = 0;
                i < (threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
                i++) {
            agents.add(
                    new MediaAgent(
                            i,
                            new AgentMeters(context.telemetry()),
                            context.health().check("media-" + i),
                            context.clock()::millis));
        }
        Prompts prompts = Prompts.of(settings.media());
        RtpMediaEngine engine =
                new RtpMediaEngine(
                        agents,
                        new PortPool(
                                settings.sip().host(),
                                settings.rtp().portMin(),
                                settings.rtp().portMax()),
                        prompts,
                        outside,
                        new RtpMediaEngine.Limits(settings.media().timeouts().rtp().toNanos()),
                        context.random());
        agents.forEach(MediaAgent::start);
        return new Running(
                engine,
                () -> {
                    for (MediaAgent agent : agents) {
                        agent.close();
                    }
                    prompts.close();
                });
    }
}
