package io.strowger.contracts.kafka;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.recording.RecordingCommand;
import io.strowger.contracts.recording.RecordingEvent;
import java.util.ArrayList;
import java.util.List;

/// The JSON of everything on Kafka: records as objects, ids as text, instants and durations in ISO
/// 8601, the case of a sealed interface in `type`; nulls are left out, unknown fields are passed
/// over so that old and new processes run side by side. What is left out must be `@Nullable`.
public final class Json {
    private static final List<Class<?>> SEALED =
            List.of(
                    Identifier.class,
                    PlaySource.class,
                    CallCommand.class,
                    CallCommand.Whom.class,
                    CallReply.Answer.class,
                    MediaCommand.class,
                    MediaEvent.class,
                    RecordingCommand.class,
                    RecordingEvent.class,
                    SubscriberEvent.class);
    private static final ObjectMapper MAPPER = with(SEALED);

    private Json() {}

    /// The mapper for everything in `contracts`. Not to be configured further.
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /// A mapper that knows further sealed interfaces: for a service's own state.
    public static ObjectMapper withSealed(List<Class<?>> further) {
        List<Class<?>> all = new ArrayList<>(SEALED);
        all.addAll(further);
        return with(all);
    }

    private static ObjectMapper with(List<Class<?>> sealed) {
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder().maxNestingDepth(50).build())
                        .build();
        JsonMapper.Builder builder =
                JsonMapper.builder(factory)
                        .addModule(new JavaTimeModule())
                        .addModule(new Jdk8Module())
                        .addModule(new IdModule())
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_NULL,
                                        JsonInclude.Include.USE_DEFAULTS));
        for (Class<?> type : sealed) {
            builder.addMixIn(type, TypedByName.class);
            registerCases(builder, type);
        }
        builder.annotationIntrospector(
                AnnotationIntrospector.pair(
                        new JacksonAnnotationIntrospector(), new RequiredComponents()));
        return builder.build();
    }

    /// A case may be sealed itself: its own cases are then the ones with names.
    private static void registerCases(JsonMapper.Builder builder, Class<?> sealed) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                registerCases(builder, permitted);
            } else {
                builder.registerSubtypes(new NamedType(permitted, permitted.getSimpleName()));
            }
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface TypedByName {}
}
