/// Access-key authentication: whether a request was signed with one of the installation's keys.
/// Pure: the clock is an argument, nothing is read or sent.
@NullMarked
package io.strowger.runtime.auth;

import org.jspecify.annotations.NullMarked;
