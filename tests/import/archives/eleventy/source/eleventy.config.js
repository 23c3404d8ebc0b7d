export default config => config;
