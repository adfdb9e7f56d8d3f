package io.strowger.standalone.platform;

import io.strowger.dispatcher.WebhookDispatcherService;
import io.strowger.gateway.GatewayService;
import io.strowger.orchestrator.shell.kafka.CallOrchestratorService;
import io.strowger.recording.RecordingService;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.worker.MediaWorkerService;
import io.strowger.worker.shell.rtp.RtpMediaEngineFactory;
import java.util.List;

/// The five services by name.
public enum Services {
    GATEWAY("gateway", "REST of both API lines; commands to Kafka") {
        @Override
        public Service in(ServiceContext context) {
            return new GatewayService(context, router -> {});
        }
    },
    CALL_ORCHESTRATOR("call-orchestrator", "decides about every call") {
        @Override
        public Service in(ServiceContext context) {
            return new CallOrchestratorService(context);
        }
    },
    MEDIA_WORKER("media-worker", "SIP and RTP") {
        @Override
        public Service in(ServiceContext context) {
            return new MediaWorkerService(context, new RtpMediaEngineFactory());
        }
    },
    RECORDING_SERVICE("recording-service", "recordings") {
        @Override
        public Service in(ServiceContext context) {
            return new RecordingService(context);
        }
    },
    WEBHOOK_DISPATCHER("webhook-dispatcher", "delivers events to callback URIs") {
        @Override
        public Service in(ServiceContext context) {
            return new WebhookDispatcherService(context);
        }
    };

    private final String word;
    private final String purpose;

    Services(String word, String purpose) {
        this.word = word;
        this.purpose = purpose;
    }

    /// As written on the command line.
    public String word() {
        return word;
    }

    /// For `--help`.
    public String purpose() {
        return purpose;
    }

    /// A new one, not started.
    public abstract Service in(ServiceContext context);

    public static List<Services> all() {
        return List.of(values());
    }
}
