/// How much of everything a load needs: the arithmetic of `docs/scale.md`. Pure; run by a test that
/// keeps that page's table, and by who wants figures of their own.
@NullMarked
package io.strowger.deploy.scale;

import org.jspecify.annotations.NullMarked;
