package io.strowger.recording.core.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0",
        "bytes=0-99,0,99",
        "bytes=10-19,10,19",
        "bytes=10-,10,99",
        "bytes=90-4194303,90,99",
        "bytes=-10,90,99",
        "bytes=-1000,0,99",
        "BYTES= 3 - 4 ,3,4",
        "bytes=99-99999999999999999999999999,99,99",
        "bytes=000000000000000000000000000007-8,7,8",
    })
    void readsOneRange(String header, long first, long last) {
        assertEquals(new ByteRange.Part(first, last), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "-",
                "bytes=undefined",
                "bytes=10",
                "bytes=-",
                "bytes=",
                "bytes=20-10",
                "bytes=0-1,5-6",
                "items=0-1",
                "bytes=a-b",
                "bytes 0-1",
                "bytes=0-1;",
            })
    void givesAllWhenThereIsNoSingleRange(@Nullable String header) {
        assertEquals(new ByteRange.Whole(), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=100-,100",
        "bytes=100-200,100",
        "bytes=99999999999999999999-,100",
        "bytes=-0,100",
        "bytes=0-4194303,0",
        "bytes=-5,0",
    })
    void seesThatNothingIsInTheRange(String header, long size) {
        assertEquals(new ByteRange.Unsatisfiable(), ByteRange.of(header, size));
    }

    @Test
    void givesAllOfAnEmptyFileWithoutARange() {
        assertEquals(new ByteRange.Whole(), ByteRange.of(null, 0));
    }
}
