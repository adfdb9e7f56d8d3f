package io.strowger.gateway.core.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResolutionTest {
    @ParameterizedTest
    @EnumSource(ApiOperation.class)
    void findsEveryOperationAtItsOwnPath(ApiOperation operation) {
        String path = operation.template().toString().replaceAll("\\{[^}]*}", "an-id");

        Resolution resolution = Resolution.of(operation.since(), operation.method(), path);

        assertEquals(operation, assertInstanceOf(Resolution.Found.class, resolution).operation());
    }

    @ParameterizedTest
    @CsvSource({
        "/calling/callConnections/a/participants/4%3A%2B15550100001,4:+15550100001",
        "/calling/callConnections/a/participants/4:+15550100001,4:+15550100001",
        "/calling/callConnections/a/participants/8%3aacs%3ax_y,8:acs:x_y",
        "/calling/callConnections/a/participants/x%2Fy,x/y",
    })
    void decodesRawIdsAndLeavesPlusSignsAlone(String path, String rawId) {
        Resolution.Found found =
                assertInstanceOf(
                        Resolution.Found.class, Resolution.of(ApiVersion.V2023_03_06, "GET", path));

        assertEquals(
                Map.of("callConnectionId", "a", "participantRawId", rawId), found.parameters());
    }

    @Test
    void takesAnIdUpToTheLastColon() {
        Resolution.Found found =
                assertInstanceOf(
                        Resolution.Found.class,
                        Resolution.of(
                                ApiVersion.V2023_03_06,
                                "POST",
                                "/calling/callConnections/a:b:play"));

        assertEquals(ApiOperation.PLAY, found.operation());
        assertEquals(Map.of("callConnectionId", "a:b"), found.parameters());
    }

    @ParameterizedTest
    @CsvSource({
        "/calling/callConnections/,NOT_FOUND",
        "/calling/callConnections/:play,NOT_FOUND",
        "/calling//callConnections,NOT_FOUND",
        "/calling/callConnections/a:,NOT_FOUND",
        "/calling/callConnections/a/,NOT_FOUND",
        "/calling/callConnections/%zz,INVALID_REQUEST",
        "/calling/callConnections/%,INVALID_REQUEST",
        "/,NOT_FOUND",
    })
    void findsNothingElsewhere(String path, CallError error) {
        Resolution resolution = Resolution.of(ApiVersion.V2026_03_12, "POST", path);

        assertEquals(error, assertInstanceOf(Resolution.Refused.class, resolution).error());
    }

    @Test
    void namesTheMethodsThatAreAllowed() {
        assertEquals(
                new Resolution.WrongMethod("DELETE, GET"),
                Resolution.of(ApiVersion.V2026_03_12, "PATCH", "/calling/callConnections/a"));
    }
}
