package io.strowger.gateway.shell.http;

/// How a request ended, as a label of a metric.
enum RequestOutcome {
    DONE,
    UNAUTHENTICATED,
    REFUSED,
    FAILED;

    static RequestOutcome of(int status) {
        if (status < 400) {
            return DONE;
        }
        if (status == 401) {
            return UNAUTHENTICATED;
        }
        return status < 500 ? REFUSED : FAILED;
    }
}
