/** Stylesheets are taken in for their effect; the build collects them into one file. */
declare module '*.css';
