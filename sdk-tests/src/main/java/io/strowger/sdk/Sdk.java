package io.strowger.sdk;

import io.strowger.contracts.api.ApiVersion;
import java.nio.file.Path;

/// The published versions that are held against the platform.
enum Sdk {
    JAVA_1_0_3("java", "1.0.3", ApiVersion.V2023_03_06),
    JAVA_1_0_4("java", "1.0.4", ApiVersion.V2023_03_06),
    JS_1_0_0("js", "1.0.0", ApiVersion.V2023_03_06),
    JS_1_2_0("js", "1.2.0", ApiVersion.V2024_04_15),
    JS_1_5_1("js", "1.5.1", ApiVersion.V2025_06_15),
    JS_1_6_0("js", "1.6.0", ApiVersion.V2026_03_12);

    private final String language;
    private final String version;
    private final ApiVersion apiVersion;

    Sdk(String language, String version, ApiVersion apiVersion) {
        this.language = language;
        this.version = version;
        this.apiVersion = apiVersion;
    }

    /// What it puts into the query of its requests.
    ApiVersion apiVersion() {
        return apiVersion;
    }

    boolean isJava() {
        return language.equals("java");
    }

    /// What is committed of it: which version, and for JavaScript which libraries with it.
    Path sources() {
        return Path.of("sdks", id()).toAbsolutePath();
    }

    /// Where it reports to.
    Path result() {
        return Path.of("target", "results", id() + ".json").toAbsolutePath();
    }

    String id() {
        return language + "-" + version;
    }

    @Override
    public String toString() {
        return (isJava() ? "Java " : "JS ") + version;
    }
}
