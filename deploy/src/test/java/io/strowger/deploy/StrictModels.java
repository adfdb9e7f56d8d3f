package io.strowger.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.Serial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a manifest as its API does that refuses what it does not know: a field that is misspelt or
/// at the wrong place, a value of the wrong type.
final class StrictModels {
    private static final Map<String, Class<?>> TYPES =
            Map.ofEntries(
                    Map.entry("v1/Namespace", Namespace.class),
                    Map.entry("v1/ConfigMap", ConfigMap.class),
                    Map.entry("v1/Secret", Secret.class),
                    Map.entry("v1/Service", Service.class),
                    Map.entry("v1/ServiceAccount", ServiceAccount.class),
                    Map.entry("apps/v1/StatefulSet", StatefulSet.class),
                    Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
                    Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
                    Map.entry(
                            "autoscaling/v2/HorizontalPodAutoscaler",
                            HorizontalPodAutoscaler.class),
                    Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
                    Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
                    Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
                    Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
                    Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
                    Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
                    Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));
    private static final Map<String, String> DEFINITIONS =
            Map.of(
                    "keda.sh/v1alpha1/ScaledObject",
                    "keda.sh_scaledobjects.yaml",
                    "keda.sh/v1alpha1/TriggerAuthentication",
                    "keda.sh_triggerauthentications.yaml");
    private static final ObjectMapper STRICT = strict();

    private StrictModels() {}

    /// What is wrong with a manifest; empty when nothing is.
    static List<String> faults(JsonNode manifest) {
        String type = manifest.path("apiVersion").asText() + "/" + manifest.path("kind").asText();
        String which = type + " " + manifest.at("/metadata/name").asText() + ": ";
        Class<?> known = TYPES.get(type);
        if (known != null) {
            try {
                STRICT.treeToValue(manifest, known);
                return List.of();
            } catch (JsonProcessingException e) {
                return List.of(which + e.getMessage());
            }
        }
        String definition = DEFINITIONS.get(type);
        return definition == null
                ? List.of(which + "of no known type")
                : byDefinition(definition, manifest).stream().map(which::concat).toList();
    }

    private static List<String> byDefinition(String file, JsonNode manifest) {
        JsonNode version =
                Yaml.document(Path.of("src/test/resources/crd", file)).at("/spec/versions/0");
        ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
        ((ObjectNode) schema.path("properties"))
                .set("metadata", Yaml.JSON.createObjectNode().put("type", "object"));
        return schemaFaults(closed(schema).toString(), manifest.toString());
    }

    /// What is wrong with a document by a JSON Schema. The schema is taken as draft 7 whatever
    /// address it names, as nothing is fetched.
    static List<String> schemaFaults(String schema, String document) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(
                        schema.replaceFirst("\"\\$schema\": ?\"[^\"]*\",", "")
                                .replaceFirst("\"\\$id\": ?\"[^\"]*\",", ""))
                .validate(document, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /// A structural schema drops fields that it does not name; here they are refused.
    static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("properties").isObject() && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            if (object.path("format").isTextual()) {
                object.remove("format");
            }
            object.properties().removeIf(field -> field.getKey().startsWith("x-"));
        }
        schema.forEach(StrictModels::closed);
        return schema;
    }

    /// The models keep unknown fields in a map; without that map they refuse them.
    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.setAnnotationIntrospector(new NoOtherFields());
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
        return mapper;
    }

    private static final class NoOtherFields extends JacksonAnnotationIntrospector {
        @Serial private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasAnySetter(Annotated annotated) {
            return Boolean.FALSE;
        }
    }
}
